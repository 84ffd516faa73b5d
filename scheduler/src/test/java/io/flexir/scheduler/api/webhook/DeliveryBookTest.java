package io.flexir.scheduler.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.webhook.WebhookDelivery;
import io.flexir.contracts.webhook.WebhookDelivery.Attempt;
import io.flexir.contracts.webhook.WebhookDelivery.State;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

class DeliveryBookTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TenantId MUSEUM = new TenantId("museum");
    private static final Attempt ATTEMPT = new Attempt(NOW, 500, "answered with 500", 1);

    private final DeliveryBook book = new DeliveryBook();

    @Test
    void what_is_due_is_told_the_longest_due_first() {
        book.apply(delivery("a", NOW.plusSeconds(1)));
        book.apply(delivery("b", NOW));
        book.apply(delivery("c", NOW.plusSeconds(2)));

        assertThat(book.due(NOW.plusSeconds(1), all -> true, 10))
                .extracting(due -> due.jobId().value())
                .containsExactly("b", "a");
        assertThat(book.due(NOW.plusSeconds(9), all -> true, 1)).hasSize(1);
        assertThat(book.due(NOW.plusSeconds(9), all -> false, 10)).isEmpty();
    }

    @Test
    void a_try_moves_it_and_its_end_takes_it_out() {
        WebhookDelivery first = delivery("a", NOW);
        book.apply(first);

        book.apply(first.triedUntil(ATTEMPT, NOW.plusSeconds(60), NOW.plusSeconds(1)));
        assertThat(book.due(NOW.plusSeconds(59), all -> true, 10)).isEmpty();
        assertThat(book.pendingOf(MUSEUM)).isEqualTo(1);

        book.apply(first.ended(State.FAILED, ATTEMPT, NOW.plusSeconds(2)));
        assertThat(book.pending()).isZero();
        assertThat(book.pendingOf(MUSEUM)).isZero();
        assertThat(book.find(new JobId("a")))
                .get()
                .extracting(WebhookDelivery::state)
                .isEqualTo(State.FAILED);
    }

    @Test
    void an_older_word_changes_nothing() {
        WebhookDelivery first = delivery("a", NOW);
        book.apply(first.ended(State.DELIVERED, ATTEMPT, NOW.plusSeconds(2)));

        book.apply(first);

        assertThat(book.pending()).isZero();
    }

    @Test
    void what_is_forgotten_is_not_due() {
        book.apply(delivery("a", NOW));

        book.forget(new JobId("a"));

        assertThat(book.due(NOW, all -> true, 10)).isEmpty();
        assertThat(book.find(new JobId("a"))).isEmpty();
        assertThat(book.pendingOf(MUSEUM)).isZero();
    }

    @Test
    void a_tenant_that_comes_late_finds_room_however_many_fill_theirs() {
        List<TenantId> greedy =
                IntStream.range(0, 15)
                        .mapToObj(tenant -> new TenantId("greedy-" + tenant))
                        .toList();

        for (int job = 0; job < 3_000; job++) {
            for (TenantId tenant : greedy) {
                if (book.hasRoomFor(tenant)) {
                    book.apply(delivery(tenant, tenant + "-" + job, NOW));
                }
            }
        }

        assertThat(greedy)
                .allSatisfy(tenant -> assertThat(book.pendingOf(tenant)).isBetween(1_250, 1_251));
        assertThat(book.hasRoom()).isTrue();
        assertThat(book.hasRoomFor(MUSEUM)).isTrue();
    }

    @Test
    void a_tenant_alone_does_not_fill_the_book() {
        for (int job = 0; book.hasRoomFor(MUSEUM); job++) {
            book.apply(delivery("job-" + job, NOW));
        }

        assertThat(book.pendingOf(MUSEUM)).isEqualTo(2_000);
    }

    private static WebhookDelivery delivery(String job, Instant due) {
        return delivery(MUSEUM, job, due);
    }

    private static WebhookDelivery delivery(TenantId tenant, String job, Instant due) {
        return new WebhookDelivery(
                new JobId(job),
                tenant,
                "https://museum.example",
                "msg_" + job,
                0,
                "{}",
                State.PENDING,
                List.of(),
                due,
                NOW);
    }
}
