package io.flexir.ops.bench.chaos;

import io.flexir.ops.bench.chaos.check.Evidence.Begun;
import io.flexir.ops.local.stack.Connections;
import io.flexir.scheduler.storage.ObjectStore;
import io.flexir.scheduler.storage.Secret;
import io.flexir.scheduler.storage.StorageSettings;
import io.flexir.scheduler.storage.StoredObject;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Marks that workers leave beside a result when they begin an order that came back. */
final class BegunMarks {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern MARK =
            Pattern.compile("results/[^/]+/(?<job>[^/]+)/begun-(?<attempt>\\d+)-\\d+");

    private final Connections connections;

    BegunMarks(Connections connections) {
        this.connections = connections;
    }

    /** All that the bucket holds. */
    List<Begun> read() {
        List<Begun> marks = new ArrayList<>();
        try (ObjectStore store = new ObjectStore(settings())) {
            store.list("results/", object -> addIfMark(marks, object));
        }
        return marks;
    }

    private StorageSettings settings() {
        return new StorageSettings(
                connections.store(),
                connections.store(),
                EvidenceReader.REGION,
                connections.credentials().accessKey(),
                new Secret(connections.credentials().secretKey()),
                connections.bucket(),
                TIMEOUT,
                TIMEOUT,
                null);
    }

    private static void addIfMark(List<Begun> marks, StoredObject object) {
        Matcher mark = MARK.matcher(object.key());
        if (mark.matches()) {
            marks.add(
                    new Begun(
                            mark.group("job"),
                            Integer.parseInt(mark.group("attempt")),
                            object.storedAt()));
        }
    }
}
