package io.flexir.scheduler.api.control;

import io.flexir.contracts.check.InvalidFieldException;
import io.flexir.contracts.control.ControlRecord.ActivateBundle;
import io.flexir.scheduler.activation.Activation;
import io.flexir.scheduler.activation.ActivationBook;
import io.flexir.scheduler.api.problem.BodyReader;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.submit.BrokerWriter;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.bundles.InvalidBundleException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Asks for another version of a model, for every scheduler and worker, by the control topic. What
 * the version is has been looked at before. Blocks on broker and store.
 */
public final class BundleControl {
    private static final Duration LOOK = Duration.ofMillis(20);

    private final BodyReader reader = new BodyReader();
    private final ActivationBook activations;
    private final BrokerWriter broker;
    private final InstantSource clock;
    private final Duration patience;

    /**
     * @param patience how long it is waited for this scheduler to have read what was written
     */
    public BundleControl(
            ActivationBook activations,
            BrokerWriter broker,
            InstantSource clock,
            Duration patience) {
        this.activations = activations;
        this.broker = broker;
        this.clock = clock;
        this.patience = patience;
    }

    /** Which version, and what share of the workers must hold it. */
    private record Wanted(@Nullable String digest, @Nullable Double workers) {}

    /**
     * @param body the digest of a manifest, and a share, as JSON
     * @throws RefusedException when there is no such version of this model, or the broker did not
     *     acknowledge
     */
    public void activate(String name, byte[] body) throws InterruptedException {
        Wanted wanted = reader.read(body, Wanted.class);
        Bundle now =
                activations
                        .inForce(name)
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                Problem.of(
                                                        ProblemKind.UNKNOWN_MODEL,
                                                        "There is no model " + name + ".")));
        Instant at = after(name, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        ActivateBundle activation = activation(name, wanted, previous(wanted, now), at);
        requireUsable(activation);
        broker.write(activation);
        awaitRead(activation);
    }

    /** Later than what was asked for before, also where another scheduler's clock was ahead. */
    private Instant after(String name, Instant now) {
        return activations
                .find(name)
                .map(known -> known.asked().at().plusMillis(1))
                .filter(now::isBefore)
                .orElse(now);
    }

    /** What is in force is not what was before it, however often it is asked for. */
    private String previous(Wanted wanted, Bundle now) {
        if (!now.digest().equals(wanted.digest())) {
            return now.digest();
        }
        return activations
                .find(now.name())
                .map(Activation::asked)
                .filter(asked -> asked.digest().equals(now.digest()))
                .map(ActivateBundle::previous)
                .orElse(now.digest());
    }

    private static ActivateBundle activation(
            String name, Wanted wanted, @Nullable String previous, Instant at) {
        try {
            return new ActivateBundle(
                    name,
                    wanted.digest() == null ? "" : wanted.digest(),
                    previous,
                    wanted.workers() == null ? ActivateBundle.ENOUGH : wanted.workers(),
                    at);
        } catch (InvalidFieldException wrong) {
            throw new RefusedException(
                    Problem.ofField(ProblemKind.INVALID, wrong.field(), wrong.problem()));
        }
    }

    private void requireUsable(ActivateBundle activation) {
        try {
            Optional<String> problem =
                    activations
                            .version(activation.digest())
                            .map(next -> activations.unlike(next, activation.name()))
                            .orElse(Optional.of("is not in the bucket"));
            problem.ifPresent(
                    why -> {
                        throw unusable("The bundle with digest " + activation.digest() + " " + why);
                    });
        } catch (InvalidBundleException wrong) {
            throw unusable(String.valueOf(wrong.getMessage()));
        }
    }

    private static RefusedException unusable(String why) {
        return new RefusedException(
                Problem.ofField(ProblemKind.UNPROCESSABLE, "digest", why + "."));
    }

    private void awaitRead(ActivateBundle written) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end && !isRead(written)) {
            Thread.sleep(LOOK);
        }
    }

    private boolean isRead(ActivateBundle written) {
        return activations
                .find(written.name())
                .map(Activation::asked)
                .filter(asked -> !asked.at().isBefore(written.at()))
                .isPresent();
    }
}
