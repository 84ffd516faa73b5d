package io.flexir.ops.local.broker;

import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;

import org.jspecify.annotations.Nullable;

/**
 * How to start the broker.
 *
 * @param directory holds the broker's logs; its cluster id is made on first use and stays with it
 * @param port where clients connect on loopback, {@link Ports#ANY} for a free one
 * @param controllerPort where the node's own controller listens, {@link Ports#ANY} for a free one
 * @param secure where clients connect beside, over TLS and with a password; none for nowhere
 */
public record BrokerSettings(
        DataDirectory directory, int port, int controllerPort, @Nullable SecureListener secure) {

    public BrokerSettings {
        requirePort("port", port);
        requirePort("controllerPort", controllerPort);
    }

    /** One that listens for clients in clear alone. */
    public BrokerSettings(DataDirectory directory, int port, int controllerPort) {
        this(directory, port, controllerPort, null);
    }

    /** Free ports over the given directory. */
    public static BrokerSettings in(DataDirectory directory) {
        return new BrokerSettings(directory, Ports.ANY, Ports.ANY);
    }

    /** The same with a fixed port for clients. */
    public BrokerSettings withPort(int fixed) {
        return new BrokerSettings(directory, fixed, controllerPort, secure);
    }

    /** The same that also listens for clients over TLS. */
    public BrokerSettings withSecureListener(SecureListener listener) {
        return new BrokerSettings(directory, port, controllerPort, listener);
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + " must be 0..65535, was " + port);
        }
    }
}
