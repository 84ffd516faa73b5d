package io.flexir.worker.restore.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class BufferPoolTest {
    private static final int FLOATS = 10_000;

    @Test
    void a_buffer_that_came_back_is_lent_again() {
        try (BufferPool pool = new BufferPool(1 << 20)) {
            PooledBuffer first = pool.lease(FLOATS);
            first.close();

            PooledBuffer second = pool.lease(FLOATS - 100);

            assertThat(second).isSameAs(first);
            assertThat(second.floats().isDirect()).isTrue();
            assertThat(second.floats().limit()).isEqualTo(FLOATS - 100);
        }
    }

    @Test
    void a_buffer_twice_too_large_is_left_for_others() {
        try (BufferPool pool = new BufferPool(1 << 20)) {
            PooledBuffer large = pool.lease(10 * FLOATS);
            large.close();

            assertThat(pool.lease(FLOATS)).isNotSameAs(large);
        }
    }

    @Test
    void what_exceeds_the_idle_bound_is_freed() {
        try (BufferPool pool = new BufferPool(50_000)) {
            PooledBuffer first = pool.lease(FLOATS);
            PooledBuffer second = pool.lease(FLOATS);

            first.close();
            second.close();
            second.close();

            assertThat(pool.idleBytes()).isBetween(40_000L, 50_000L);
        }
    }

    @Test
    void a_closed_pool_lends_nothing_and_frees_what_comes_back() {
        BufferPool pool = new BufferPool(1 << 20);
        PooledBuffer lent = pool.lease(FLOATS);

        pool.close();
        lent.close();

        assertThat(pool.idleBytes()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> pool.lease(1));
    }
}
