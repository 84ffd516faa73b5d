package io.flexir.scheduler.api.resource;

import io.flexir.contracts.request.ObjectReference;

import java.net.URI;
import java.time.Instant;

/**
 * A place to upload an image to.
 *
 * @param method always PUT
 * @param url presigned
 * @param input what to name in the job
 */
public record UploadResource(String method, URI url, Instant expiresAt, ObjectReference input) {}
