package io.flexir.scheduler.api;

import static io.flexir.scheduler.api.RunningApi.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.access.KeyRing;
import io.flexir.scheduler.access.NewKey;
import io.flexir.scheduler.access.Scope;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Keys of several tenants, over the API as it is. */
@Timeout(60)
class KeysApiTest {
    private static final NewKey OWNER = key(Samples.TENANT, Scope.SUBMIT, Scope.READ);
    private static final NewKey READER = key(Samples.TENANT, Scope.READ);
    private static final NewKey ADMIN = key(Samples.TENANT, Scope.ADMIN);
    private static final NewKey STRANGER =
            key(new TenantId("museum"), Scope.SUBMIT, Scope.READ, Scope.ADMIN);

    private final RunningApi api =
            RunningApi.askedBy(
                    new KeyRing(
                            Stream.of(OWNER, READER, ADMIN, STRANGER).map(NewKey::kept).toList()));

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void nobody_is_let_in_without_a_key_that_there_is() {
        String wrongSecret = OWNER.text().substring(0, OWNER.text().length() - 1) + "x";
        String another = key(Samples.TENANT, Scope.READ).text();

        assertThat(api.get("/v1/jobs").statusCode()).isEqualTo(401);
        for (String wrong : List.of(wrongSecret, another, OWNER.kept().sha256(), "", "flexir_")) {
            HttpResponse<String> refused = ask("GET", "/v1/jobs", null, wrong);

            assertThat(refused.statusCode()).as(wrong).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(refused.headers().firstValue("Content-Type"))
                    .contains("application/problem+json");
            assertThat(json(refused).path("type").asText())
                    .isEqualTo("urn:flexir:problem:unauthorized");
        }
        assertThat(ask("GET", "/v1/jobs", null, OWNER.text()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    GET    | /v1/jobs                  |
                    GET    | /v1/jobs/mine             |
                    GET    | /v1/jobs/mine/result      |
                    GET    | /v1/jobs/mine/events      |
                    DELETE | /v1/jobs/mine             |
                    POST   | /v1/jobs/mine/feedback    | {"rating":5}
                    POST   | /v1/jobs/mine/retry       |
                    DELETE | /v1/jobs/mine?purge=true  |
                    """)
    void a_tenant_does_not_see_the_jobs_of_another(String method, String path, String body) {
        api.view.apply(Samples.queued("mine", Samples.START));

        HttpResponse<String> strangers = ask(method, path, body, STRANGER.text());

        if (path.equals("/v1/jobs")) {
            assertThat(json(strangers).path("jobs")).isEmpty();
            assertThat(json(ask(method, path, body, OWNER.text())).path("jobs")).hasSize(1);
        } else {
            assertThat(strangers.statusCode()).isEqualTo(404);
            assertThat(json(strangers).path("type").asText())
                    .isEqualTo("urn:flexir:problem:unknown-job");
        }
    }

    @Test
    void its_owner_sees_a_job() {
        api.view.apply(Samples.queued("mine", Samples.START));

        assertThat(ask("GET", "/v1/jobs/mine", null, OWNER.text()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    POST   | /v1/jobs                  | {"input":{"bucket":"photos","key":"a"}} | submit
                    POST   | /v1/uploads               |                                         | submit
                    DELETE | /v1/jobs/mine             |                                         | submit
                    POST   | /v1/jobs/mine/feedback    | {"rating":5}                            | submit
                    POST   | /v1/jobs/mine/retry       |                                         | submit
                    DELETE | /v1/jobs/mine?purge=true  |                                         | submit
                    DELETE | /v1/tenants/museum        |                                         | admin
                    GET    | /v1/tenants/museum/purge  |                                         | admin
                    PUT    | /v1/models/a/bundle       | {"digest":"a"}                          | admin
                    PUT    | /v1/policy                | {"kind":"fixed","pointer":1}            | admin
                    DELETE | /v1/policy                |                                         | admin
                    GET    | /v1/experiments           |                                         | admin
                    PUT    | /v1/experiments/e         | {}                                      | admin
                    GET    | /v1/deadletters           |                                         | admin
                    GET    | /v1/deadletters/0-1       |                                         | admin
                    POST   | /v1/deadletters/0-1/replay |                                        | admin
                    DELETE | /v1/experiments/e         |                                         | admin
                    POST   | /v1/experiments/e/promotion | {"variant":"v"}                       | admin
                    PUT    | /v1/policy/               | {"kind":"fixed","pointer":1}            | admin
                    PUT    | /v1//policy               | {"kind":"fixed","pointer":1}            | admin
                    PUT    | /v1/polic%79              | {"kind":"fixed","pointer":1}            | admin
                    DELETE | /v1/tenant%73/museum      |                                         | admin
                    DELETE | /v1/jobs/../tenants/museum |                                        | admin
                    GET    | /v1/experiments/          |                                         | admin
                    GET    | /v1/deadletter%73/0-1     |                                         | admin
                    POST   | /v1/uploads/              |                                         | submit
                    """)
    void a_key_that_may_only_read_changes_nothing(
            String method, String path, String body, String scope) {
        api.view.apply(Samples.queued("mine", Samples.START));

        HttpResponse<String> refused = ask(method, path, body, READER.text());

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
        assertThat(json(refused).path("type").asText()).isEqualTo("urn:flexir:problem:forbidden");
        assertThat(json(refused).path("detail").asText()).contains("scope " + scope);
    }

    @Test
    void a_key_for_the_fleet_opens_no_jobs() {
        assertThat(ask("GET", "/v1/experiments", null, ADMIN.text()).statusCode()).isEqualTo(200);
        assertThat(ask("GET", "/v1/jobs", null, ADMIN.text()).statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> ask(String method, String path, String body, String key) {
        HttpRequest.Builder request =
                api.request(path, "Authorization", "Bearer " + key)
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        return api.send(
                body == null ? request : request.header("Content-Type", "application/json"));
    }

    private static NewKey key(TenantId tenant, Scope... scopes) {
        return NewKey.of(tenant, Set.of(scopes), Instant.EPOCH);
    }
}
