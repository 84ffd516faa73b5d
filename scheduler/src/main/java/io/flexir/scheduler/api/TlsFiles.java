package io.flexir.scheduler.api;

import java.nio.file.Path;

/**
 * What the API is served with, both PEM.
 *
 * @param certificate of this server, followed by those that lead to an authority
 * @param key of the certificate, PKCS 8, without a password
 */
public record TlsFiles(Path certificate, Path key) {}
