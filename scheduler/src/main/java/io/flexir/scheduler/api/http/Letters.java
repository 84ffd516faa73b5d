package io.flexir.scheduler.api.http;

import io.flexir.scheduler.api.deadletter.DeadLetters;
import io.flexir.scheduler.api.deadletter.LetterCursor;
import io.flexir.scheduler.api.deadletter.LetterId;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.resource.DeadLetterPageResource;
import io.flexir.scheduler.api.resource.DeadLetterResource;
import io.flexir.scheduler.api.resource.ReplayResource;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** {@code listDeadLetters}, {@code getDeadLetter} and {@code replayDeadLetter}. */
public final class Letters {
    private static final int DEFAULT_PAGE = 50;

    private final DeadLetters letters;
    private final BlockingCalls calls;
    private final Answers answers;

    public Letters(DeadLetters letters, BlockingCalls calls, Answers answers) {
        this.letters = letters;
        this.calls = calls;
        this.answers = answers;
    }

    public void list(RoutingContext context) {
        String limit = context.queryParams().get("limit");
        LetterCursor cursor = cursor(context.queryParams().get("cursor"));
        int size = limit == null ? DEFAULT_PAGE : Integer.parseInt(limit);
        calls.run(() -> DeadLetterPageResource.of(letters.page(cursor, size)))
                .onSuccess(page -> answers.send(context, 200, page))
                .onFailure(context::fail);
    }

    public void get(RoutingContext context) {
        LetterId id = id(context);
        calls.run(() -> DeadLetterResource.whole(letters.get(id)))
                .onSuccess(letter -> answers.send(context, 200, letter))
                .onFailure(context::fail);
    }

    public void replay(RoutingContext context) {
        LetterId id = id(context);
        calls.run(() -> ReplayResource.of(letters.replay(id)))
                .onSuccess(
                        replayed -> answers.send(context, replayed.written() ? 202 : 200, replayed))
                .onFailure(context::fail);
    }

    private static LetterCursor cursor(@Nullable String text) {
        return text == null
                ? LetterCursor.START
                : LetterCursor.parse(text)
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                Problem.ofField(
                                                        ProblemKind.INVALID,
                                                        "cursor",
                                                        "is not the nextCursor of a page of this list")));
    }

    /** Only where the contract has checked the path. */
    private static LetterId id(RoutingContext context) {
        String text =
                Objects.requireNonNull(context.pathParam("letterId"), "the path names a letter");
        return LetterId.parse(text).orElseThrow();
    }
}
