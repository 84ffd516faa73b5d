package io.flexir.ops.local.client;

/** A scheduler did not do what it was asked. The message is one line: what, where, why. */
public sealed class FleetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private FleetException(String message, Throwable cause) {
        super(message, cause);
    }

    private FleetException(String message) {
        super(message);
    }

    /** It answered with a problem (RFC 9457). */
    public static final class Refused extends FleetException {

        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }

    /** Nobody answered, or what answered is no scheduler. */
    public static final class Unreachable extends FleetException {

        private static final long serialVersionUID = 1L;

        Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
