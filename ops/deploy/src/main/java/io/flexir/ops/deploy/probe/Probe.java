package io.flexir.ops.deploy.probe;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/**
 * A health check for engines that run a command in the container: ends with 0 if the address
 * answers 200 within three seconds, else with 1.
 */
public final class Probe {
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(3).toMillis();

    private Probe() {}

    /**
     * @param arguments the address, such as {@code http://127.0.0.1:9464/health/ready}
     */
    public static void main(String[] arguments) {
        System.exit(arguments.length == 1 && isWell(URI.create(arguments[0])) ? 0 : 1);
    }

    /** Whether the address answers 200. */
    public static boolean isWell(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException unreachable) {
            return false;
        }
    }
}
