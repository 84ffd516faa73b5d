package io.flexir.scheduler.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.TenantId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

class InputRulesTest {
    private static final InputRules RULES =
            new InputRules(
                    "flexir",
                    Map.of(
                            new TenantId("museum"),
                            List.of(Place.of("photos/in/"), Place.of("archive")),
                            new TenantId("all"),
                            List.of(Place.of("*"))),
                    List.of(Place.of("public/")));

    @ParameterizedTest
    @CsvSource({
        "museum, flexir, uploads/museum/a/input, true",
        "museum, flexir, results/museum/j/x.png, true",
        "museum, flexir, uploads/museum2/a/input, false",
        "museum, flexir, uploads/museum, false",
        "museum, flexir, uploads/other/a/input, false",
        "museum, flexir, results/other/j/x.png, false",
        "museum, flexir, in/a.png, false",
        "museum, other, uploads/museum/a/input, false",
        "museum, photos, in/a.png, true",
        "museum, photos, inside/a.png, false",
        "museum, archive, anything, true",
        "museum, public, a.png, false",
        "other, photos, in/a.png, false",
        "other, public, a.png, true",
        "other, flexir, uploads/other/a, true",
        "all, whatever, a.png, true",
        "all, flexir, uploads/museum/a/input, true",
        // A store that takes keys for paths would leave the place.
        "museum, flexir, uploads/museum/../other/a, false",
        "museum, flexir, uploads/museum/./../../uploads/other/a, false",
        "museum, flexir, uploads/museum/.., false",
        "museum, archive, ../flexir/uploads/other/a, false",
        "museum, archive, a..b/c...d/.hidden, true"
    })
    void a_tenant_may_name_its_own_and_what_it_was_given(
            String tenant, String bucket, String key, boolean allowed) {
        assertThat(
                        RULES.refusal(new TenantId(tenant), ObjectReference.latest(bucket, key))
                                .isEmpty())
                .isEqualTo(allowed);
    }

    @Test
    void a_refusal_names_object_and_tenant() {
        assertThat(
                        InputRules.ofOwn("flexir")
                                .refusal(
                                        new TenantId("museum"),
                                        ObjectReference.latest("photos", "a.png")))
                .contains(
                        "names the object a.png in bucket photos, where tenant museum may name none");
    }
}
