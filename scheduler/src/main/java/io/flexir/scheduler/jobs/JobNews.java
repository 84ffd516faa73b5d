package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.JobId;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Jobs that something was said about, in the order in which it was. Fed by one thread, read by
 * many; each reader follows by the number of the last one that it has seen.
 */
final class JobNews {
    private final ConcurrentNavigableMap<Long, JobId> news = new ConcurrentSkipListMap<>();
    private final Map<JobId, Long> numbers = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    /** Said for the first time, or again. */
    void add(JobId id) {
        if (!numbers.containsKey(id)) {
            long number = last.incrementAndGet();
            numbers.put(id, number);
            news.put(number, id);
        }
    }

    void remove(JobId id) {
        Long number = numbers.remove(id);
        if (number != null) {
            news.remove(number);
        }
    }

    /** What was said since a number: the number of each and its job, oldest first. */
    Map<Long, JobId> since(long number) {
        return news.tailMap(number, false);
    }
}
