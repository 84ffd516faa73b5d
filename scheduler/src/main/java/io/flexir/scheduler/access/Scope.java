package io.flexir.scheduler.access;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.Locale;

/** What a key allows. */
public enum Scope {
    /** Hand jobs in, take them back, rate their results. */
    @JsonProperty("submit")
    SUBMIT,

    /** See the tenant's own jobs and results, the models and the workers. */
    @JsonProperty("read")
    READ,

    /** Change what holds for the whole fleet: its policy and its experiments. */
    @JsonProperty("admin")
    ADMIN;

    /** As it is written in the API description and in the file of keys. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such scope
     */
    public static Scope of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
