package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.request.Terms;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** Requests of a tenant for a megapixel image. */
public record Requests(
        String id,
        TenantId tenant,
        String model,
        Depth depth,
        Terms terms,
        Instant submittedAt,
        ImageSize size) {
    public static final TenantId TENANT = new TenantId("museum");
    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    public static Requests job(String id) {
        return new Requests(
                id,
                TENANT,
                Laboratory.MODEL,
                new Depth.Automatic(),
                Terms.DEFAULT,
                START,
                new ImageSize(1000, 1000));
    }

    public Requests model(String name) {
        return new Requests(id, tenant, name, depth, terms, submittedAt, size);
    }

    public Requests of(TenantId other) {
        return new Requests(id, other, model, depth, terms, submittedAt, size);
    }

    public Requests depth(Depth asked) {
        return new Requests(id, tenant, model, asked, terms, submittedAt, size);
    }

    public Requests submitted(Instant at) {
        return new Requests(id, tenant, model, depth, terms, at, size);
    }

    public Requests priority(PriorityClass priority) {
        return terms(
                new Terms(
                        priority, terms.deadline(), terms.floor(), terms.target(), terms.onMiss()));
    }

    public Requests deadline(@Nullable Instant deadline, OnMiss onMiss) {
        return terms(new Terms(terms.priority(), deadline, terms.floor(), terms.target(), onMiss));
    }

    public Requests floor(int floor) {
        return terms(
                new Terms(
                        terms.priority(), terms.deadline(), floor, terms.target(), terms.onMiss()));
    }

    public Requests target(int target) {
        return terms(
                new Terms(
                        terms.priority(), terms.deadline(), terms.floor(), target, terms.onMiss()));
    }

    public Requests ofUnknownSize() {
        return new Requests(id, tenant, model, depth, terms, submittedAt, null);
    }

    public RestorationRequest request() {
        return new RestorationRequest(
                new JobId(id),
                tenant,
                ObjectReference.latest("images", id),
                model,
                depth,
                terms,
                OutputFormat.PNG,
                size,
                null,
                submittedAt);
    }

    private Requests terms(Terms other) {
        return new Requests(id, tenant, model, depth, other, submittedAt, size);
    }
}
