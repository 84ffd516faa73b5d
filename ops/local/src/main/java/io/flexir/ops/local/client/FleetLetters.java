package io.flexir.ops.local.client;

import org.jspecify.annotations.Nullable;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;

/** Asks a scheduler for dead letters. Thread-safe; blocks. */
public final class FleetLetters {
    private static final String LETTERS = "/v1/deadletters";
    private static final int PAGE = 200;

    private final Http http;

    FleetLetters(Http http) {
        this.http = http;
    }

    /** The newest letters, at most so many, without their bytes. */
    public FleetLetter.Listed newest(int limit) {
        List<FleetLetter> letters = new ArrayList<>();
        String cursor = null;
        do {
            Page page = page(Math.min(PAGE, limit - letters.size()), cursor);
            letters.addAll(page.letters());
            cursor = page.nextCursor();
        } while (cursor != null && letters.size() < limit);
        return new FleetLetter.Listed(letters, cursor != null);
    }

    /** One letter with its bytes. */
    public FleetLetter get(String id) {
        return http.json(ask("/" + id).GET().build(), FleetLetter.class);
    }

    /** Has a letter's record written to its topic once more. */
    public FleetLetter.Replay replay(String id) {
        return http.json(
                ask("/" + id + "/replay").POST(BodyPublishers.noBody()).build(),
                FleetLetter.Replay.class);
    }

    private Page page(int limit, @Nullable String cursor) {
        String from = cursor == null ? "" : "&cursor=" + cursor;
        return http.json(ask("?limit=" + limit + from).GET().build(), Page.class);
    }

    private HttpRequest.Builder ask(String path) {
        return http.to(LETTERS + path).timeout(Http.ANSWER);
    }

    private record Page(List<FleetLetter> letters, @Nullable String nextCursor) {}
}
