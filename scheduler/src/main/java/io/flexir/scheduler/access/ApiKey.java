package io.flexir.scheduler.access;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.TenantId;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;

/**
 * What is kept of a key: enough to know it again, nothing to make it from. A key is 256 random
 * bits, so one round of SHA-256 is as good as a slow hash.
 *
 * @param id names the key, and is the part of it that is no secret
 * @param sha256 of the whole key
 */
public record ApiKey(
        String id, TenantId tenant, Set<Scope> scopes, String sha256, Instant createdAt) {
    public ApiKey {
        Require.name("id", id, NewKey.ID_LENGTH);
        Require.present("tenant", tenant);
        Require.that(
                !Require.present("scopes", scopes).isEmpty(), "scopes", "must name at least one");
        Require.sha256("sha256", sha256);
        Require.present("createdAt", createdAt);
        scopes = Set.copyOf(scopes);
    }

    Principal principal() {
        return new Principal(tenant, scopes);
    }

    /** Compares in a time that does not tell how much of {@code candidate} was right. */
    boolean matches(byte[] candidateSha256) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(sha256), candidateSha256);
    }

    static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
