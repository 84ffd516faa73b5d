package io.flexir.scheduler.jobs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;

import io.flexir.contracts.request.RestorationRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes requests as everybody does, but keeps the bytes of the latest one: a step repeats it in
 * the order, the view and the ledger. One thread.
 */
final class RequestJson extends JsonSerializer<RestorationRequest> {
    private final ObjectWriter writer;
    private @Nullable Written latest;

    private RequestJson(ObjectWriter writer) {
        this.writer = writer;
    }

    /** The same mapper, for one thread, where the requests within messages are written once. */
    static JsonMapper writtenOnce(JsonMapper mapper) {
        // Buffers of its own: those of the thread are taken by the message around the request.
        ObjectWriter writer =
                mapper.writerFor(RestorationRequest.class)
                        .with(
                                JsonFactory.builder()
                                        .recyclerPool(JsonRecyclerPools.newBoundedPool(1))
                                        .build());
        return mapper.rebuild()
                .addModule(
                        new SimpleModule("requests-written-once")
                                .addSerializer(RestorationRequest.class, new RequestJson(writer)))
                .build();
    }

    @Override
    public void serialize(
            RestorationRequest request, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        json.writeRawValue(written(request));
    }

    @SuppressWarnings("ReferenceEquality") // equal ones would only be written again
    private SerializableString written(RestorationRequest request) throws IOException {
        Written known = latest;
        if (known == null || known.request() != request) {
            known = new Written(request, new Utf8(writer.writeValueAsBytes(request)));
            latest = known;
        }
        return known.json();
    }

    private record Written(RestorationRequest request, SerializableString json) {}

    /** JSON that is there as bytes already. */
    private static final class Utf8 extends SerializedString {
        private static final long serialVersionUID = 1;

        Utf8(byte[] json) {
            super(new String(json, StandardCharsets.UTF_8));
            _unquotedUTF8Ref = json;
        }
    }
}
