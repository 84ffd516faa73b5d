package io.flexir.scheduler.access;

import io.flexir.contracts.check.Require;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Keys of many tenants, found by their ids. */
public record KeyRing(List<ApiKey> keys) implements Callers {
    public static final KeyRing EMPTY = new KeyRing(List.of());
    private static final int MAX_KEYS = 1000;

    @SuppressWarnings("ConstantValue")
    public KeyRing {
        keys = Require.list("keys", keys, MAX_KEYS);
        Require.that(byId(keys).size() == keys.size(), "keys", "must have different ids");
    }

    @Override
    public Optional<Principal> identify(@Nullable String authorization) {
        return Callers.key(authorization)
                .flatMap(
                        text ->
                                NewKey.idIn(text)
                                        .flatMap(this::find)
                                        .filter(key -> key.matches(ApiKey.sha256(text))))
                .map(ApiKey::principal);
    }

    /** The same with one more. */
    public KeyRing with(ApiKey key) {
        List<ApiKey> more = new ArrayList<>(keys);
        more.add(key);
        return new KeyRing(more);
    }

    /** The same without one. */
    public KeyRing without(String id) {
        return new KeyRing(keys.stream().filter(key -> !key.id().equals(id)).toList());
    }

    public Optional<ApiKey> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    private static Map<String, ApiKey> byId(List<ApiKey> keys) {
        return keys.stream()
                .collect(
                        Collectors.toMap(
                                ApiKey::id, Function.identity(), (first, second) -> first));
    }
}
