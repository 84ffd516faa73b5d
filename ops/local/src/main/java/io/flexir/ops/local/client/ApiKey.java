package io.flexir.ops.local.client;

/**
 * What a scheduler asks its clients for. Printing it shows no secret.
 *
 * @param value sent as a bearer token; never logged
 */
public record ApiKey(String value) {
    public ApiKey {
        // Also because whoever refuses a header says which one: the key would be in that message.
        if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "the API key must be one line of visible ASCII characters");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
