package io.flexir.ops.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/** Ports on the loopback address, the only one the local stack listens on. */
public final class Ports {

    /** The loopback address as a literal, so that it is the same one for every library. */
    public static final String LOOPBACK = "127.0.0.1";

    /** Asks the system for any free port. */
    public static final int ANY = 0;

    private Ports() {}

    /** Where something listens. */
    public static URI address(int port) {
        return URI.create("http://" + LOOPBACK + ":" + port);
    }

    /**
     * Returns {@code wanted} if it is free, or a free one if {@code wanted} is {@link #ANY}.
     *
     * @param owner what will listen there, as the user knows it
     * @throws CannotStart if {@code wanted} is taken
     */
    public static int choose(int wanted, String owner) {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.ofLiteral(LOOPBACK))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw taken(wanted, owner, e);
        }
    }

    /** What to tell the user when {@code port} is taken. */
    public static CannotStart taken(int port, String owner, Throwable cause) {
        return new CannotStart(
                "port "
                        + port
                        + " for the "
                        + owner
                        + " is taken: stop what listens there, or choose another port"
                        + " (0 takes any free one)",
                cause);
    }
}
