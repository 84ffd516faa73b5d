package io.flexir.worker.storage;

import io.flexir.worker.config.StoreSettings;
import io.minio.MinioClient;

import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

/**
 * Makes the SDK's client with bounds on every wait: a store that hangs must look like one that does
 * not answer.
 */
final class StoreClients {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /** The largest results have more than a gigabyte, and may go at a megabyte a second. */
    private static final Duration WHOLE_CALL = Duration.ofMinutes(30);

    private StoreClients() {}

    /**
     * @throws IllegalArgumentException when the file of authorities cannot be used
     */
    static MinioClient create(StoreSettings settings) {
        OkHttpClient.Builder http = bounded();
        if (settings.authorities() != null) {
            HandshakeCertificates trusted = Authorities.read(settings.authorities());
            http.sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager());
        }
        return MinioClient.builder()
                .endpoint(settings.endpoint().toString())
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey().reveal())
                .httpClient(http.build(), true)
                .build();
    }

    /**
     * A transfer may take long while its bytes go on coming, and may not while they do not. What is
     * written is sent at once.
     */
    static OkHttpClient.Builder bounded() {
        return new OkHttpClient.Builder()
                .connectTimeout(CONNECT)
                .readTimeout(SILENCE)
                .writeTimeout(SILENCE)
                .callTimeout(WHOLE_CALL)
                .addNetworkInterceptor(StoreClients::undelayed);
    }

    /**
     * Sockets hold a last short piece back until what went before it is acknowledged (RFC 896), and
     * receivers wait up to 40 ms with that (RFC 1122, 4.2.3.2): for most results both happen.
     */
    private static Response undelayed(Interceptor.Chain call) throws IOException {
        Objects.requireNonNull(call.connection()).socket().setTcpNoDelay(true);
        return call.proceed(call.request());
    }
}
