package io.flexir.scheduler;

import io.flexir.scheduler.storage.Secret;

import picocli.CommandLine.ITypeConverter;

/** Reads a secret without ever repeating it. */
final class SecretConverter implements ITypeConverter<Secret> {
    @Override
    public Secret convert(String value) {
        return new Secret(value);
    }
}
