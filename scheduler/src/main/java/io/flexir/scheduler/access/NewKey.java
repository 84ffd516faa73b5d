package io.flexir.scheduler.access;

import io.flexir.contracts.request.TenantId;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * A key that was just made: {@code flexir_ID_SECRET}. Its text is known here and to whom it is
 * given, and kept nowhere.
 *
 * @param kept what is kept of it
 */
public record NewKey(String text, ApiKey kept) {
    static final int ID_LENGTH = 12;
    private static final int ID_BYTES = ID_LENGTH / 2;
    private static final int SECRET_BYTES = 32;
    private static final String PREFIX = "flexir_";
    private static final int SECRET_AT = PREFIX.length() + ID_LENGTH + 1;

    public static NewKey of(TenantId tenant, Set<Scope> scopes, Instant now) {
        String id = random(ID_BYTES);
        String text = PREFIX + id + "_" + random(SECRET_BYTES);
        String sha256 = HexFormat.of().formatHex(ApiKey.sha256(text));
        return new NewKey(text, new ApiKey(id, tenant, scopes, sha256, now));
    }

    /** The id within a key's text, where it looks like one. */
    static Optional<String> idIn(String text) {
        return text.length() == SECRET_AT + 2 * SECRET_BYTES && text.startsWith(PREFIX)
                ? Optional.of(text.substring(PREFIX.length(), SECRET_AT - 1))
                : Optional.empty();
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Override
    public String toString() {
        return "NewKey[id=" + kept.id() + ", text=***]";
    }
}
