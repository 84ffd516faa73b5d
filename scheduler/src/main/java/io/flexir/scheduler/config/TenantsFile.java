package io.flexir.scheduler.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.check.InvalidFieldException;
import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.scheduler.budget.TenantRules;
import io.flexir.scheduler.budget.TenantTerms;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The file that says what tenants are entitled to, as JSON.
 *
 * @param tenants by name, at most {@value #MAX_TENANTS}
 * @param others what every tenant has that is not named
 */
record TenantsFile(@Nullable Map<String, Entry> tenants, @Nullable Entry others) {
    private static final int MAX_TENANTS = 100;

    private static final JsonMapper JSON =
            MessageCodec.newMapper()
                    .rebuild()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    /**
     * @param weight 1 when left out
     * @param maxWaitingJobs no bound when left out
     * @param maxWaitingSeconds worker-seconds at the floor; no bound when left out
     */
    record Entry(
            @Nullable Double weight,
            @Nullable Integer maxWaitingJobs,
            @Nullable Double maxWaitingSeconds) {
        Entry {
            if (weight != null) {
                Require.between("weight", weight, 0.001, 1000);
            }
            if (maxWaitingJobs != null) {
                Require.between("maxWaitingJobs", maxWaitingJobs, 1, 10_000_000);
            }
            if (maxWaitingSeconds != null) {
                Require.between("maxWaitingSeconds", maxWaitingSeconds, 0.001, 1e9);
            }
        }

        private TenantTerms terms() {
            return new TenantTerms(
                    weight == null ? 1 : weight,
                    maxWaitingJobs == null ? Integer.MAX_VALUE : maxWaitingJobs,
                    maxWaitingSeconds == null ? Double.POSITIVE_INFINITY : maxWaitingSeconds);
        }
    }

    /**
     * @throws InvalidConfigException when it cannot be read, or says what it must not
     */
    static TenantRules read(Path file) {
        try {
            return JSON.readValue(Files.readAllBytes(file), TenantsFile.class).rules();
        } catch (JacksonException wrong) {
            throw wrong(file, MessageCodec.explain(wrong));
        } catch (InvalidFieldException wrong) {
            throw wrong(file, wrong.field() + " " + wrong.problem());
        } catch (IOException unreadable) {
            throw wrong(file, "cannot be read: is it there, and may you read it?");
        }
    }

    private TenantRules rules() {
        Map<TenantId, TenantTerms> named = new HashMap<>();
        Require.map("tenants", tenants == null ? Map.of() : tenants, MAX_TENANTS)
                .forEach((name, entry) -> named.put(new TenantId(name), entry.terms()));
        return new TenantRules(named, others == null ? TenantTerms.EQUAL : others.terms());
    }

    private static InvalidConfigException wrong(Path file, String problem) {
        return new InvalidConfigException(List.of("the tenants' file " + file + ": " + problem));
    }
}
