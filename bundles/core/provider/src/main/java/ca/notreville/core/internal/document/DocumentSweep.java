// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Ends documents that were deleted long ago, and bytes that nothing refers to. */
@Component
public final class DocumentSweep implements JobHandler {

    private final DocumentServiceImpl documents;
    private final Blobs blobs;

    @Activate
    public DocumentSweep(@Reference DocumentServiceImpl documents, @Reference Blobs blobs) {
        this.documents = documents;
        this.blobs = blobs;
    }

    @Override
    public String kind() {
        return "core.documents-sweep";
    }

    @Override
    public Optional<Duration> period() {
        return Optional.of(Duration.ofHours(6));
    }

    @Override
    public void run(Job job) throws IOException {
        documents.purge();
        blobs.sweep();
    }
}
