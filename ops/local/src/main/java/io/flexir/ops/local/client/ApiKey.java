package io.flexir.ops.local.client;

/**
 * What a scheduler asks its clients for. Printing it shows no secret.
 *
 * @param value sent as a bearer token; never logged
 */
public record ApiKey(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
