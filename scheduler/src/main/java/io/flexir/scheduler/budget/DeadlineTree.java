package io.flexir.scheduler.budget;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * The waiting jobs by deadline, each at its floor: whether all of them can be on time, how much
 * work can be added before one is not, and who should give way when they cannot. Every question and
 * every change costs log n.
 *
 * <p>Slots that serve jobs in this order are all busy until a job starts, so that it starts at the
 * latest when the work in flight and the work before it are done by all slots together. Its slack
 * is what is left of its deadline then, in worker-seconds:
 *
 * <pre>(deadline - own seconds - now) * slots - work in flight - work of those before it</pre>
 *
 * <p>A treap: a node knows the sum of work, the least slack and the least worth below it. Not
 * thread-safe.
 */
public final class DeadlineTree {
    private double slots;
    private @Nullable Node root;
    private int size;

    /**
     * @param slots that serve the jobs together, above 0
     */
    public DeadlineTree(double slots) {
        this.slots = slots;
    }

    /** Other slots from now on: costs as much as there are jobs. */
    public void setSlots(double now) {
        slots = now;
        refresh(root);
    }

    public double slots() {
        return slots;
    }

    public int size() {
        return size;
    }

    /**
     * @param deadlineSeconds epoch seconds, infinite where there is none
     * @param seconds of one slot, at the floor
     * @param worth what a second of it brings: the least gives way first
     */
    public void add(OrderKey key, double deadlineSeconds, double seconds, double worth) {
        Pair parts = split(root, key, false);
        Node added = new Node(key, deadlineSeconds - seconds, seconds, worth, slots);
        root = merge(merge(parts.left, added), parts.right);
        size++;
    }

    /** Takes a job out that was added. */
    public void remove(OrderKey key) {
        Pair before = split(root, key, false);
        Pair after = split(before.right, key, true);
        if (after.left == null) {
            throw new IllegalArgumentException("Job " + key.jobId() + " was not added");
        }
        root = merge(before.left, after.right);
        size--;
    }

    /** Worker-seconds that can be put before everybody. Negative when somebody will be late. */
    public double spare(double nowSeconds, double inFlightSeconds) {
        return root == null
                ? Double.POSITIVE_INFINITY
                : root.leastSlack - nowSeconds * slots - inFlightSeconds;
    }

    /** The same of those behind a job, which may or may not be in the tree. */
    public double spareBehind(OrderKey key, double nowSeconds, double inFlightSeconds) {
        double least = Double.POSITIVE_INFINITY;
        double before = 0;
        Node node = root;
        while (node != null) {
            if (node.key.compareTo(key) <= 0) {
                before += sum(node.left) + node.seconds;
                node = node.right;
            } else {
                double leftSum = sum(node.left);
                least = Math.min(least, node.ownSlack(slots) - before - leftSum);
                if (node.right != null) {
                    least =
                            Math.min(
                                    least, node.right.leastSlack - before - leftSum - node.seconds);
                }
                node = node.left;
            }
        }
        return least - nowSeconds * slots - inFlightSeconds;
    }

    /**
     * Who should give way: of those up to the first who will be late, the one whose seconds are
     * worth least; that one itself, if it could not be on time even alone. None when everybody can
     * be on time.
     */
    public Optional<OrderKey> loser(double nowSeconds, double inFlightSeconds) {
        double needed = nowSeconds * slots + inFlightSeconds;
        if (root == null || root.leastSlack >= needed) {
            return Optional.empty();
        }
        Node least = null;
        double before = 0;
        Node node = root;
        while (node != null) {
            double leftSum = sum(node.left);
            if (node.left != null && node.left.leastSlack - before < needed) {
                node = node.left;
                continue;
            }
            least = lesser(lesser(least, node.left == null ? null : node.left.leastWorth), node);
            if (node.ownSlack(slots) - before - leftSum < needed) {
                least = node.latestStart < nowSeconds ? node : least;
                break;
            }
            before += leftSum + node.seconds;
            node = node.right;
        }
        return Optional.ofNullable(least).map(loser -> loser.key);
    }

    private void refresh(@Nullable Node node) {
        if (node != null) {
            refresh(node.left);
            refresh(node.right);
            node.update(slots);
        }
    }

    /** Left are those before the key, with the key itself if it is to be included. */
    private Pair split(@Nullable Node node, OrderKey key, boolean inclusive) {
        if (node == null) {
            return new Pair(null, null);
        }
        int order = node.key.compareTo(key);
        if (order < 0 || (inclusive && order == 0)) {
            Pair parts = split(node.right, key, inclusive);
            node.right = parts.left;
            node.update(slots);
            return new Pair(node, parts.right);
        }
        Pair parts = split(node.left, key, inclusive);
        node.left = parts.right;
        node.update(slots);
        return new Pair(parts.left, node);
    }

    private @Nullable Node merge(@Nullable Node left, @Nullable Node right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        if (left.rank >= right.rank) {
            left.right = merge(left.right, right);
            left.update(slots);
            return left;
        }
        right.left = merge(left, right.left);
        right.update(slots);
        return right;
    }

    private static double sum(@Nullable Node node) {
        return node == null ? 0 : node.sum;
    }

    private static @Nullable Node lesser(@Nullable Node one, @Nullable Node other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.worth < one.worth ? other : one;
    }

    private record Pair(@Nullable Node left, @Nullable Node right) {}

    private static final class Node {
        final OrderKey key;
        final double latestStart;
        final double seconds;
        final double worth;
        final int rank;
        @Nullable Node left;
        @Nullable Node right;
        double sum;
        double leastSlack;
        Node leastWorth;

        Node(OrderKey key, double latestStart, double seconds, double worth, double slots) {
            this.key = key;
            this.latestStart = latestStart;
            this.seconds = seconds;
            this.worth = worth;
            this.rank = mixed(key.hashCode());
            update(slots);
        }

        double ownSlack(double slots) {
            return latestStart * slots;
        }

        void update(double slots) {
            double leftSum = DeadlineTree.sum(left);
            sum = leftSum + seconds + DeadlineTree.sum(right);
            leastSlack = ownSlack(slots) - leftSum;
            leastWorth = this;
            if (left != null) {
                leastSlack = Math.min(leastSlack, left.leastSlack);
                leastWorth = left.leastWorth.worth <= worth ? left.leastWorth : this;
            }
            if (right != null) {
                leastSlack = Math.min(leastSlack, right.leastSlack - leftSum - seconds);
                leastWorth =
                        right.leastWorth.worth < leastWorth.worth ? right.leastWorth : leastWorth;
            }
        }

        /** Spreads a hash over all bits: what makes a treap balanced. */
        private static int mixed(int hash) {
            int bits = hash * 0x9E3779B9;
            bits = (bits ^ (bits >>> 16)) * 0x85EBCA6B;
            return bits ^ (bits >>> 13);
        }
    }
}
