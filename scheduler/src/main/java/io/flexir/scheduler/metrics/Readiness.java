package io.flexir.scheduler.metrics;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Asks every health check. However many ask at once, the checks run once at a time. */
public final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    private final List<HealthCheck> checks;
    private final Executor executor;
    private @Nullable CompletableFuture<Map<String, Boolean>> running;

    /**
     * @param executor the checks may block it for seconds
     */
    public Readiness(List<HealthCheck> checks, Executor executor) {
        this.checks = List.copyOf(checks);
        this.executor = executor;
    }

    /** Each check's name and whether it holds, in the order given. */
    public synchronized CompletableFuture<Map<String, Boolean>> ask() {
        CompletableFuture<Map<String, Boolean>> current = running;
        if (current == null || current.isDone()) {
            current = CompletableFuture.supplyAsync(this::askAll, executor);
            running = current;
        }
        return current;
    }

    private Map<String, Boolean> askAll() {
        Map<String, Boolean> answers = new LinkedHashMap<>();
        checks.forEach(check -> answers.put(check.name(), ask(check)));
        return answers;
    }

    private static boolean ask(HealthCheck check) {
        try {
            return check.holds().getAsBoolean();
        } catch (RuntimeException broken) {
            LOG.warn("event=health_check_failed check={}", check.name(), broken);
            return false;
        }
    }
}
