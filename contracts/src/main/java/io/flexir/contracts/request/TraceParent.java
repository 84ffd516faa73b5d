package io.flexir.contracts.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import io.flexir.contracts.check.Require;

import java.util.regex.Pattern;

/**
 * The span of a trace that what follows belongs under: {@code traceparent} of version 00 as W3C's
 * Trace Context has it.
 */
public record TraceParent(@JsonValue String value) {
    private static final Pattern VERSION_00 =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int TRACE_BEGINS = 3;
    private static final int TRACE_ENDS = 35;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TraceParent {
        Require.present("traceparent", value);
        Require.that(
                VERSION_00.matcher(value).matches(),
                "traceparent",
                "must be 00-TRACE-SPAN-FLAGS, of 32, 16 and 2 hexadecimal digits in lower case");
    }

    /** The trace: 32 hexadecimal digits. */
    public String traceId() {
        return value.substring(TRACE_BEGINS, TRACE_ENDS);
    }

    @Override
    public String toString() {
        return value;
    }
}
