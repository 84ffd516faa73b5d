package io.flexir.ops.local.topics;

/** What would come of a change. */
public sealed interface Verdict {
    Verdict SAFE = new Safe();

    /** Nothing is lost. */
    record Safe() implements Verdict {}

    /**
     * Records go, or may go. It is done only for who names the topic.
     *
     * @param what is lost
     */
    record Loses(String what) implements Verdict {}

    /**
     * It cannot be done here, whoever asks.
     *
     * @param why and what to do instead
     */
    record Refused(String why) implements Verdict {}
}
