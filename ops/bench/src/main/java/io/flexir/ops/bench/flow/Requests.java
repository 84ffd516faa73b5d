package io.flexir.ops.bench.flow;

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
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;

import org.apache.kafka.clients.producer.ProducerRecord;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Requests as the API writes them: a pinned image of known size, each due at its own time. */
final class Requests {
    private static final TenantId TENANT = new TenantId("default");
    private static final String ETAG = "9b2cf535f27731c974343645a3985328";
    private static final String DIGEST =
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final long SHORTEST_SECONDS = 60;
    private static final int DEADLINES = 600;

    private final List<String> models;

    /**
     * @param models that they name, in turn
     */
    Requests(List<String> models) {
        this.models = List.copyOf(models);
    }

    ProducerRecord<String, byte[]> record(int number) {
        Instant now = Instant.now();
        RestorationRequest request = request(number, now);
        return Clients.record(
                Topics.REQUESTS, MessageType.REQUEST, request.jobId().value(), request, now);
    }

    private RestorationRequest request(int number, Instant now) {
        String id = UUID.randomUUID().toString();
        return new RestorationRequest(
                new JobId(id),
                TENANT,
                new ObjectReference("flexir", "uploads/default/" + id, null, ETAG),
                models.get(number % models.size()),
                new Depth.Automatic(),
                new Terms(
                        PriorityClass.STANDARD,
                        now.plusSeconds(SHORTEST_SECONDS + number % DEADLINES),
                        1,
                        OnMiss.DEGRADE),
                OutputFormat.PNG,
                new ImageSize(256 + number % 512, 256),
                DIGEST,
                now);
    }
}
