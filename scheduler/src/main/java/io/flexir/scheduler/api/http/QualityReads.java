package io.flexir.scheduler.api.http;

import io.flexir.contracts.control.ControlRecord.RateJob;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.scheduler.access.Principal;
import io.flexir.scheduler.access.Scope;
import io.flexir.scheduler.api.ModelCatalog;
import io.flexir.scheduler.api.resource.QualityResource;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.costs.PriceList;
import io.flexir.scheduler.costs.QualityReport;
import io.flexir.scheduler.dispatch.FeedbackBook;
import io.vertx.ext.web.RoutingContext;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;

/** {@code getQuality}. */
public final class QualityReads {
    private static final Duration TRAFFIC = Duration.ofHours(1);

    private final ModelCatalog catalog;
    private final ReadView view;
    private final FeedbackBook feedback;
    private final PriceList prices;
    private final BlockingCalls calls;
    private final Answers answers;
    private final InstantSource clock;

    public QualityReads(
            ModelCatalog catalog,
            ReadView view,
            FeedbackBook feedback,
            PriceList prices,
            BlockingCalls calls,
            Answers answers,
            InstantSource clock) {
        this.catalog = catalog;
        this.view = view;
        this.feedback = feedback;
        this.prices = prices;
        this.calls = calls;
        this.answers = answers;
        this.clock = clock;
    }

    public void get(RoutingContext context) {
        Principal caller = Caller.principal(context);
        // It walks the whole view: not on an event loop.
        calls.run(() -> QualityResource.of(report(caller)))
                .onSuccess(quality -> answers.send(context, 200, quality))
                .onFailure(context::fail);
    }

    private QualityReport report(Principal caller) {
        Instant now = clock.instant();
        return QualityReport.of(
                view.jobs().filter(job -> mayRead(caller, job)).flatMap(this::sample),
                catalog.models().stream().map(ModelCatalog.Model::manifest).toList(),
                prices,
                now.minus(TRAFFIC),
                now);
    }

    /** As with costs: who may not see all tenants sees its own. */
    private static boolean mayRead(Principal caller, JobView job) {
        return caller.may(Scope.ADMIN) || job.request().tenant().equals(caller.tenant());
    }

    private Stream<QualityReport.Sample> sample(JobView job) {
        if (job.outcome() instanceof Outcome.Restored end) {
            Double psnr = feedback.find(end.jobId()).map(RateJob::psnr).orElse(null);
            return Stream.of(new QualityReport.Sample(end, psnr));
        }
        return Stream.of();
    }
}
