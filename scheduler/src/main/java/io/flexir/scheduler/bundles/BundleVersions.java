package io.flexir.scheduler.bundles;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.wire.MessageCodec;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Bundles by digest, wherever they are. Thread-safe. */
public final class BundleVersions {
    private static final int MAX_REMEMBERED = 100;
    private static final JsonMapper MAPPER = MessageCodec.newMapper();

    private final Map<String, Bundle> configured = new LinkedHashMap<>();
    private final ManifestSource bucket;
    private final Map<String, Bundle> found =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bundle> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };

    BundleVersions(Collection<Bundle> configured, ManifestSource bucket) {
        configured.forEach(bundle -> this.configured.put(bundle.digest(), bundle));
        this.bucket = bucket;
    }

    /**
     * The bundle with this digest. Blocks on the source where it is not known yet.
     *
     * @throws InvalidBundleException when what lies there is not what its digest says
     * @throws RuntimeException when the source does not answer
     */
    public Optional<Bundle> find(String digest) {
        Bundle known = configured.get(digest);
        if (known != null) {
            return Optional.of(known);
        }
        synchronized (found) {
            Bundle remembered = found.get(digest);
            if (remembered != null) {
                return Optional.of(remembered);
            }
        }
        Optional<Bundle> read = bucket.read(digest).map(json -> checked(digest, json));
        synchronized (found) {
            read.ifPresent(bundle -> found.put(digest, bundle));
        }
        return read;
    }

    private static Bundle checked(String digest, byte[] json) {
        try {
            Bundle bundle = parse(json);
            if (!bundle.digest().equals(digest)) {
                throw new InvalidBundleException(
                        "The manifest under "
                                + digest
                                + " has sha256 "
                                + bundle.digest()
                                + ", its name says another");
            }
            return bundle;
        } catch (IOException refused) {
            throw new InvalidBundleException(
                    "What lies under " + digest + " is not a manifest: " + why(refused), refused);
        }
    }

    private static String why(IOException refused) {
        return refused instanceof JacksonException wrong
                ? MessageCodec.explain(wrong)
                : String.valueOf(refused.getMessage());
    }

    /**
     * A manifest with its digest.
     *
     * @throws JacksonException when it is none
     */
    static Bundle parse(byte[] json) throws IOException {
        return new Bundle(MAPPER.readValue(json, BundleManifest.class), sha256(json));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
