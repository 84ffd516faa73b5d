package io.flexir.scheduler.dispatch;

import io.flexir.scheduler.budget.OrderKey;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * How many orders the tasks of one instance may have out. A pool's credit is split by partitions:
 * this instance's part is its tasks' share, rounded up, less what they have out; within it any task
 * may use what is left, the one with the best job first. Thread-safe.
 *
 * <p>Nothing here is durable and nothing is ever rolled back: a task states what it has out when it
 * starts, from its ledger, and is forgotten when it stops.
 */
public final class CreditBook {
    private final int allPartitions;
    private final Map<String, Account> accounts = new HashMap<>();

    /**
     * @param allPartitions of the requests topic, those of other instances included
     */
    public CreditBook(int allPartitions) {
        this.allPartitions = allPartitions;
    }

    /** A task starts, with nothing out: it then states each order that its ledger knows. */
    public synchronized void open(String task) {
        accounts.put(task, new Account());
    }

    /** A task stops. */
    public synchronized void close(String task) {
        accounts.remove(task);
    }

    /** States the best job that a task has waiting, none when it has none. */
    public synchronized void best(String task, @Nullable OrderKey key) {
        account(task).best = key;
    }

    /** An order is out. */
    public synchronized void taken(String task, String pool) {
        account(task).out.merge(pool, 1, Integer::sum);
    }

    /** An order is out no longer. */
    public synchronized void givenBack(String task, String pool) {
        account(task).out.merge(pool, -1, Integer::sum);
    }

    /** Orders of this instance that are out. */
    public synchronized int out(String pool) {
        int sum = 0;
        for (Account account : accounts.values()) {
            sum += account.out.getOrDefault(pool, 0);
        }
        return sum;
    }

    /**
     * Orders that this instance may still send.
     *
     * @param poolCredit of the pool as a whole, all instances together
     */
    public synchronized int free(String pool, int poolCredit) {
        int share = Math.ceilDiv(Math.multiplyExact(poolCredit, accounts.size()), allPartitions);
        return Math.max(0, share - out(pool));
    }

    /**
     * Whether a task may send its best job now: there is credit left beyond what the better jobs of
     * its neighbours need, who will come for it within a tick. Two threads may both see the last
     * one: the pool then holds an order more, which is harmless.
     */
    public synchronized boolean maySend(String task, OrderKey key, String pool, int poolCredit) {
        Account own = accounts.get(task);
        int betterNeighbours = 0;
        for (Account account : accounts.values()) {
            betterNeighbours += account != own && account.hasBetterThan(key) ? 1 : 0;
        }
        return free(pool, poolCredit) > betterNeighbours;
    }

    private Account account(String task) {
        Account account = accounts.get(task);
        if (account == null) {
            throw new IllegalStateException("Task " + task + " has no account: it was not opened");
        }
        return account;
    }

    private static final class Account {
        private final Map<String, Integer> out = new HashMap<>();
        private @Nullable OrderKey best;

        boolean hasBetterThan(OrderKey key) {
            return best != null && best.compareTo(key) < 0;
        }
    }
}
