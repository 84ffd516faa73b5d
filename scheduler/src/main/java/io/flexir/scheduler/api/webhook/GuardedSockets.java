package io.flexir.scheduler.api.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;

import javax.net.SocketFactory;

/**
 * Makes sockets that connect to allowed addresses alone. The rule is asked about the very address
 * that is connected to, after every look-up of a name: a name that means another address the second
 * time gains nothing.
 */
final class GuardedSockets extends SocketFactory {
    private final AddressRules rules;
    private final boolean secure;

    /**
     * @param secure whether TLS is spoken over them
     */
    GuardedSockets(AddressRules rules, boolean secure) {
        this.rules = rules;
        this.secure = secure;
    }

    /** An address that must not be told anything. */
    static final class RefusedAddressException extends IOException {
        private static final long serialVersionUID = 1;

        RefusedAddressException() {
            super("the address is not allowed");
        }
    }

    @Override
    public Socket createSocket() {
        return new Guarded();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unconnected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
            throws IOException {
        throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
            throws IOException {
        throw unconnected();
    }

    private static IOException unconnected() {
        return new IOException("sockets are connected after they are made");
    }

    private final class Guarded extends Socket {
        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            if (!(endpoint instanceof InetSocketAddress address)) {
                throw new RefusedAddressException();
            }
            InetAddress resolved = address.getAddress();
            if (resolved == null) {
                throw new UnknownHostException(address.getHostString());
            }
            if (!rules.allows(resolved, secure)) {
                throw new RefusedAddressException();
            }
            super.connect(endpoint, timeout);
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }
    }
}
