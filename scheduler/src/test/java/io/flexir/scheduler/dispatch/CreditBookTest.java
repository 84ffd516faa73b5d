package io.flexir.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.scheduler.budget.OrderKey;
import io.flexir.scheduler.jobs.Requests;

import org.junit.jupiter.api.Test;

class CreditBookTest {
    private static final String POOL = "cpu";
    private static final OrderKey FIRST = key("first", 0);
    private static final OrderKey SECOND = key("second", 1);

    private final CreditBook book = new CreditBook(4);

    @Test
    void an_instance_has_the_share_of_its_partitions_rounded_up() {
        book.open("0_0");
        assertThat(book.free(POOL, 10)).isEqualTo(3);

        book.open("0_1");
        assertThat(book.free(POOL, 10)).isEqualTo(5);
    }

    @Test
    void no_partition_or_no_worker_is_no_credit() {
        assertThat(book.free(POOL, 10)).isZero();

        book.open("0_0");
        assertThat(book.free(POOL, 0)).isZero();
    }

    @Test
    void what_is_out_counts_until_it_is_given_back_or_its_task_goes() {
        book.open("0_0");
        book.open("0_1");
        book.taken("0_0", POOL);
        book.taken("0_1", POOL);
        assertThat(book.free(POOL, 8)).isEqualTo(2);

        book.givenBack("0_0", POOL);
        assertThat(book.free(POOL, 8)).isEqualTo(3);

        book.close("0_1");
        assertThat(book.free(POOL, 8)).isEqualTo(2);
        assertThat(book.out(POOL)).isZero();
    }

    @Test
    void a_task_that_starts_again_states_anew_what_is_out() {
        book.open("0_0");
        book.taken("0_0", POOL);

        book.open("0_0");

        assertThat(book.out(POOL)).isZero();
    }

    @Test
    void the_last_credit_is_left_to_the_better_job_of_a_neighbour() {
        book.open("0_0");
        book.open("0_1");
        book.best("0_0", SECOND);
        book.best("0_1", FIRST);

        assertThat(book.maySend("0_0", SECOND, POOL, 2)).isFalse();
        assertThat(book.maySend("0_1", FIRST, POOL, 2)).isTrue();
        assertThat(book.maySend("0_0", SECOND, POOL, 4)).isTrue();
    }

    private static OrderKey key(String id, int second) {
        return OrderKey.of(
                Requests.job(id).submitted(Requests.START.plusSeconds(second)).request());
    }
}
