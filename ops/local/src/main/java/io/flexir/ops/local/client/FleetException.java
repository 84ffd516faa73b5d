package io.flexir.ops.local.client;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

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
        private final @Nullable Duration retryAfter;

        /**
         * @param retryAfter when it may be asked again; null where that would not help
         */
        Refused(int status, String message, @Nullable Duration retryAfter) {
            super(message);
            this.status = status;
            this.retryAfter = retryAfter;
        }

        /** When to ask again, where the scheduler says that this helps. */
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
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
