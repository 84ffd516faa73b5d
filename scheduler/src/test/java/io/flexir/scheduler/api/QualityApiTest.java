package io.flexir.scheduler.api;

import static io.flexir.scheduler.api.RunningApi.json;
import static io.flexir.scheduler.api.Samples.START;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;

import io.flexir.contracts.control.ControlRecord.RateJob;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.access.KeyRing;
import io.flexir.scheduler.access.NewKey;
import io.flexir.scheduler.access.Scope;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.stream.Stream;

class QualityApiTest {
    private static final NewKey OWN = key(Samples.TENANT, Scope.READ);
    private static final NewKey OTHER = key(new TenantId("museum"), Scope.READ);
    private static final NewKey ALL = key(new TenantId("museum"), Scope.READ, Scope.ADMIN);

    private final RunningApi api =
            RunningApi.askedBy(new KeyRing(Stream.of(OWN, OTHER, ALL).map(NewKey::kept).toList()));

    @BeforeEach
    void an_image_was_restored() {
        api.view.apply(Samples.succeeded("a", START));
        api.view.apply(Samples.failed("b", START));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void a_tenant_sees_its_own_traffic_and_what_its_clients_measured() {
        api.feedback.put(new RateJob(new JobId("a"), Samples.TENANT, null, 29.9, START));

        JsonNode model = ask(OWN).at("/models/0");

        assertThat(model.path("name").asText()).isEqualTo(Samples.MODEL);
        assertThat(model.at("/traffic/images").asInt()).isEqualTo(1);
        assertThat(model.at("/traffic/cost/gigaMacs").asDouble()).isEqualTo(12.5);
        // Two thirds of the sample ended at 6, a third at 3.
        assertThat(model.at("/traffic/expectedPsnr").asDouble())
                .isCloseTo(30.1 * 2 / 3 + 29.5 / 3, within(1e-9));
        assertThat(model.at("/adaptive/0/threshold").asDouble()).isEqualTo(1.05);
        assertThat(model.at("/adaptive/0/reference/psnr").asDouble()).isEqualTo(29.9);
        assertThat(model.path("fixed")).hasSize(6);
        assertThat(model.at("/fixed/0/gigaMacsPerMegapixel").asDouble()).isEqualTo(1.3);
    }

    @Test
    void another_tenants_traffic_needs_more_than_a_key_that_reads() {
        assertThat(ask(OTHER).at("/models/0/traffic/images").asInt()).isZero();
        assertThat(ask(ALL).at("/models/0/traffic/images").asInt()).isEqualTo(1);
    }

    @Test
    void an_hour_later_it_is_no_traffic_any_more() {
        api.now.set(START.plusSeconds(3601));

        assertThat(ask(OWN).at("/models/0/traffic/images").asInt()).isZero();
        assertThat(ask(OWN).at("/models/0/adaptive")).hasSize(1);
    }

    private JsonNode ask(NewKey key) {
        return json(api.get("/v1/quality", "Authorization", "Bearer " + key.text()));
    }

    private static NewKey key(TenantId tenant, Scope... scopes) {
        return NewKey.of(tenant, Set.of(scopes), START);
    }
}
