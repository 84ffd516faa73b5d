package io.flexir.scheduler.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.check.InvalidFieldException;
import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.scheduler.access.AccessRules;
import io.flexir.scheduler.access.InputRules;
import io.flexir.scheduler.access.Place;
import io.flexir.scheduler.access.RateRules;
import io.flexir.scheduler.budget.TenantRules;
import io.flexir.scheduler.budget.TenantTerms;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The file that says what tenants are entitled to, as JSON.
 *
 * @param tenants by name, at most {@value #MAX_TENANTS}
 * @param others what every tenant has that is not named
 */
record TenantsFile(@Nullable Map<String, Entry> tenants, @Nullable Entry others) {
    private static final int MAX_TENANTS = 100;
    private static final int MAX_PLACES = 100;

    private static final JsonMapper JSON =
            MessageCodec.newMapper()
                    .rebuild()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    /**
     * @param weight 1 when left out
     * @param maxWaitingJobs no bound when left out
     * @param maxWaitingSeconds worker-seconds at the floor; no bound when left out
     * @param inputs places that its jobs may name beside its own, as {@code BUCKET/PREFIX}
     * @param requestsPerSecond what all tenants may send when left out
     */
    record Entry(
            @Nullable Double weight,
            @Nullable Integer maxWaitingJobs,
            @Nullable Double maxWaitingSeconds,
            @Nullable List<String> inputs,
            @Nullable Double requestsPerSecond) {
        Entry {
            if (weight != null) {
                Require.between("weight", weight, 0.001, 1000);
            }
            if (maxWaitingJobs != null) {
                Require.between("maxWaitingJobs", maxWaitingJobs, 1, 10_000_000);
            }
            if (inputs != null) {
                inputs = Require.list("inputs", inputs, MAX_PLACES);
                inputs.forEach(Place::of);
            }
            if (requestsPerSecond != null) {
                Require.between("requestsPerSecond", requestsPerSecond, 0.001, 1e6);
            }
            if (maxWaitingSeconds != null) {
                Require.between("maxWaitingSeconds", maxWaitingSeconds, 0.001, 1e9);
            }
        }

        private List<Place> places() {
            return inputs == null ? List.of() : inputs.stream().map(Place::of).toList();
        }

        private TenantTerms terms() {
            return new TenantTerms(
                    weight == null ? 1 : weight,
                    maxWaitingJobs == null ? Integer.MAX_VALUE : maxWaitingJobs,
                    maxWaitingSeconds == null ? Double.POSITIVE_INFINITY : maxWaitingSeconds);
        }
    }

    private static final Entry NOTHING = new Entry(null, null, null, null, null);

    /** Where there is no file. */
    static final TenantsFile NONE = new TenantsFile(null, null);

    /**
     * @throws InvalidConfigException when it cannot be read, or says what it must not
     */
    static TenantsFile read(Path file) {
        try {
            return JSON.readValue(Files.readAllBytes(file), TenantsFile.class).checked();
        } catch (JacksonException wrong) {
            throw wrong(file, MessageCodec.explain(wrong));
        } catch (InvalidFieldException wrong) {
            throw wrong(file, wrong.field() + " " + wrong.problem());
        } catch (IOException unreadable) {
            throw wrong(file, "cannot be read: is it there, and may you read it?");
        }
    }

    private TenantsFile checked() {
        Require.map("tenants", entries(), MAX_TENANTS).keySet().forEach(TenantId::new);
        return this;
    }

    /**
     * @param bucket of uploads and results
     * @param requestsPerSecond of each tenant that has no rate of its own
     */
    Tenants tenants(String bucket, double requestsPerSecond) {
        Entry other = others == null ? NOTHING : others;
        double rate =
                other.requestsPerSecond() == null ? requestsPerSecond : other.requestsPerSecond();
        return new Tenants(
                new TenantRules(of(Entry::terms), other.terms()),
                new AccessRules(
                        new InputRules(bucket, of(Entry::places), other.places()),
                        new RateRules(
                                of(
                                        entry ->
                                                entry.requestsPerSecond() == null
                                                        ? rate
                                                        : entry.requestsPerSecond()),
                                rate)));
    }

    private <T> Map<TenantId, T> of(Function<Entry, T> part) {
        Map<TenantId, T> parts = new HashMap<>();
        entries().forEach((name, entry) -> parts.put(new TenantId(name), part.apply(entry)));
        return parts;
    }

    private Map<String, Entry> entries() {
        return tenants == null ? Map.of() : tenants;
    }

    private static InvalidConfigException wrong(Path file, String problem) {
        return new InvalidConfigException(List.of("the tenants' file " + file + ": " + problem));
    }
}
