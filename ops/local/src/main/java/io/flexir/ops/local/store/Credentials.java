package io.flexir.ops.local.store;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What signs requests to the store. Printing it shows no secret.
 *
 * @param accessKey names the user
 * @param secretKey signs; never logged
 */
public record Credentials(String accessKey, String secretKey) {

    private static final int ACCESS_BYTES = 8;
    private static final int SECRET_BYTES = 24;

    /** New random ones. */
    public static Credentials generate() {
        SecureRandom random = new SecureRandom();
        return new Credentials("flexir" + hex(random, ACCESS_BYTES), hex(random, SECRET_BYTES));
    }

    private static String hex(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "Credentials[accessKey=" + accessKey + ", secretKey=***]";
    }
}
