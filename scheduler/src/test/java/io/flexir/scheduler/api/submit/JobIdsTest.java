package io.flexir.scheduler.api.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.TenantId;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

class JobIdsTest {
    private static final TenantId A = new TenantId("a");

    @Test
    void tenant_and_key_name_a_job() {
        assertThat(JobIds.of(A, "k")).isEqualTo(JobIds.of(A, "k"));
        assertThat(JobIds.of(A, "k")).isNotEqualTo(JobIds.of(A, "l"));
        assertThat(JobIds.of(A, "k")).isNotEqualTo(JobIds.of(new TenantId("b"), "k"));
        assertThat(JobIds.of(new TenantId("ab"), "c")).isNotEqualTo(JobIds.of(A, "bc"));
    }

    @Test
    void the_name_never_changes_between_versions() {
        // Clients repeat their keys over an upgrade: printf 'a\0k' | sha256sum.
        assertThat(JobIds.of(A, "k")).hasToString("9a2a77afb0d50c76464e852f250f179997217d5e");
    }

    @Property(tries = 200)
    void any_key_makes_a_valid_name(@ForAll String key) {
        assertThat(JobIds.of(A, key).value()).matches("[0-9a-f]{40}");
    }

    @Test
    void without_a_key_no_two_names_are_alike() {
        assertThat(JobIds.random()).isNotEqualTo(JobIds.random());
    }
}
