package io.flexir.scheduler.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.TenantId;
import io.github.bucket4j.TimeMeter;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class RateLimitsTest {
    private static final TenantId MUSEUM = new TenantId("museum");
    private static final TenantId OTHER = new TenantId("other");

    private long nanos;
    private final RateLimits limits =
            new RateLimits(
                    new RateRules(Map.of(MUSEUM, 4.0), 0.5),
                    new TimeMeter() {
                        @Override
                        public long currentTimeNanos() {
                            return nanos;
                        }

                        @Override
                        public boolean isWallClockBased() {
                            return false;
                        }
                    });

    @Test
    void a_second_of_requests_may_come_at_once_and_the_next_is_told_when() {
        for (int i = 0; i < 4; i++) {
            assertThat(limits.excess(MUSEUM)).isEmpty();
        }

        assertThat(limits.excess(MUSEUM)).contains(Duration.ofMillis(250));

        nanos += Duration.ofMillis(250).toNanos();
        assertThat(limits.excess(MUSEUM)).isEmpty();
        assertThat(limits.excess(MUSEUM)).isPresent();
    }

    @Test
    void a_tenant_is_not_held_to_what_another_sends() {
        assertThat(limits.excess(OTHER)).isEmpty();
        assertThat(limits.excess(OTHER)).contains(Duration.ofSeconds(2));

        assertThat(limits.excess(MUSEUM)).isEmpty();
        assertThat(new RateLimits(RateRules.UNBOUNDED).excess(OTHER)).isEmpty();
    }
}
