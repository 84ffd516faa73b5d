package io.flexir.worker.config;

/**
 * Where metrics and health are served.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 chooses a free one
 */
public record ManagementSettings(String host, int port) {
    /** Any free port on loopback. */
    public static final ManagementSettings ANY_PORT = new ManagementSettings("127.0.0.1", 0);

    public ManagementSettings {
        Check.text("host", host);
        Check.between("port", port, 0, 65_535);
    }
}
