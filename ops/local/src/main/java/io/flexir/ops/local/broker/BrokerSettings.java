package io.flexir.ops.local.broker;

import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;

/**
 * How to start the broker.
 *
 * @param directory holds the broker's logs; its cluster id is made on first use and stays with it
 * @param port where clients connect on loopback, {@link Ports#ANY} for a free one
 * @param controllerPort where the node's own controller listens, {@link Ports#ANY} for a free one
 */
public record BrokerSettings(DataDirectory directory, int port, int controllerPort) {

    public BrokerSettings {
        requirePort("port", port);
        requirePort("controllerPort", controllerPort);
    }

    /** Free ports over the given directory. */
    public static BrokerSettings in(DataDirectory directory) {
        return new BrokerSettings(directory, Ports.ANY, Ports.ANY);
    }

    /** The same with a fixed port for clients. */
    public BrokerSettings withPort(int fixed) {
        return new BrokerSettings(directory, fixed, controllerPort);
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + " must be 0..65535, was " + port);
        }
    }
}
