package io.flexir.worker.pipeline;

/** Makes a text from outside fit for a message: no control characters, not too long, not empty. */
final class Sentence {
    private static final int MAX = 1000;

    private Sentence() {}

    static String of(String text) {
        String clean = text.replaceAll("[\\x00-\\x1f\\x7f-\\x9f]+", " ").strip();
        if (clean.isEmpty()) {
            return "no detail";
        }
        return clean.length() <= MAX ? clean : clean.substring(0, MAX);
    }
}
