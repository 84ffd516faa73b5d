package io.flexir.scheduler.load;

import io.flexir.contracts.request.JobId;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The orders that are out, as slots work on them: one a slot, those first that were sent first. The
 * others wait in line at the workers until one ends. An order that takes longer than predicted has
 * nothing left to do, which makes nothing less of what the others have. Every change costs log n.
 * One thread at a time.
 */
final class OrdersOut {
    private final Map<JobId, Running> running = new HashMap<>();

    /** Without those that are overdue. */
    private final NavigableSet<Running> byEnd = new TreeSet<>();

    private final Map<JobId, Double> inLine = new LinkedHashMap<>();
    private double sumOfEnds;
    private double secondsInLine;

    int size() {
        return running.size() + inLine.size();
    }

    /** An order is out, which one slot will work on for so long. */
    void ordered(JobId id, double seconds, double slots, double now) {
        remove(id);
        inLine.put(id, seconds);
        secondsInLine += seconds;
        startNext(slots, now);
    }

    /** An order is out no longer: the next in line has its slot. */
    void ended(JobId id, double slots, double now) {
        remove(id);
        startNext(slots, now);
    }

    /** Worker-seconds that all of them are still to take. */
    double secondsLeft(double slots, double now) {
        startNext(slots, now);
        while (!byEnd.isEmpty() && byEnd.first().end() <= now) {
            drop(byEnd.first());
        }
        return Math.max(0, sumOfEnds - now * byEnd.size()) + secondsInLine;
    }

    private void startNext(double slots, double now) {
        Iterator<Map.Entry<JobId, Double>> line = inLine.entrySet().iterator();
        while (running.size() < slots && line.hasNext()) {
            Map.Entry<JobId, Double> next = line.next();
            Running started = new Running(now + next.getValue(), next.getKey());
            secondsInLine -= next.getValue();
            line.remove();
            running.put(started.id(), started);
            byEnd.add(started);
            sumOfEnds += started.end();
        }
        if (inLine.isEmpty()) {
            secondsInLine = 0;
        }
    }

    private void remove(JobId id) {
        Running order = running.remove(id);
        if (order != null) {
            drop(order);
        }
        Double seconds = inLine.remove(id);
        if (seconds != null) {
            secondsInLine = inLine.isEmpty() ? 0 : secondsInLine - seconds;
        }
    }

    private void drop(Running order) {
        if (byEnd.remove(order)) {
            sumOfEnds = byEnd.isEmpty() ? 0 : sumOfEnds - order.end();
        }
    }

    private record Running(double end, JobId id) implements Comparable<Running> {
        @Override
        public int compareTo(Running other) {
            int byEnd = Double.compare(end, other.end);
            return byEnd != 0 ? byEnd : id.compareTo(other.id);
        }
    }
}
