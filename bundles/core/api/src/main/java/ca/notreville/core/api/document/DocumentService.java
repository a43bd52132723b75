// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.document;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.initiative.Initiative;
import java.io.InputStream;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Documents beside any initiative of any module. Each call is one transaction; what is sent is checked by its content, on the
 * caller's thread, and never held in memory as a whole.
 *
 * <p>Who may {@link #MANAGE} there, and who answers for the initiative, manages all its documents; who added a document manages
 * that one.
 */
@ProviderType
public interface DocumentService {

    /** Add files and links. */
    String ADD = "core.document-add";

    /** Change, delete and restore what others added, and say what is to be read before a vote. */
    String MANAGE = "core.document-manage";

    /** Documents that one initiative may have. */
    int MAX_DOCUMENTS = 500;

    /** Versions that one document may have. */
    int MAX_VERSIONS = 100;

    /** Files that one member may send within an hour. */
    int MAX_PER_HOUR = 40;

    /** Days after which a deleted document is gone for good. */
    int KEPT_DAYS = 90;

    /**
     * What is shown, by folder and title; at most {@value #MAX_DOCUMENTS}.
     *
     * @throws NotFoundException if the caller can see no such initiative
     */
    List<Document> list(Caller caller, Initiative initiative);

    /** What people should read before they vote, in the order in which it was added; empty if there is no such initiative. */
    List<Document> readFirst(Caller caller, Initiative initiative);

    /**
     * What was deleted and can be restored, newest first.
     *
     * @throws ForbiddenException to who may not manage documents there
     */
    List<Document> deleted(Caller caller, Initiative initiative);

    /**
     * Deleted ones only for who may restore them.
     *
     * @throws NotFoundException if there is none that the caller may see
     */
    Document get(Caller caller, long id);

    /**
     * Adds a file.
     *
     * @throws InvalidException on {@code file} with {@code core.document-type}, {@code core.document-damaged}, {@code
     *     core.document-active}, {@code core.document-bomb}, {@code too-large} or {@code required}; on the fields of the draft
     * @throws ConflictException {@code core.documents-full}
     * @throws TooManyRequestsException after {@value #MAX_PER_HOUR} files within an hour
     */
    Document addFile(Caller caller, Initiative initiative, DocumentDraft draft, FileDraft file);

    /**
     * Adds a link.
     *
     * @throws InvalidException on the fields of the draft
     * @throws ConflictException {@code core.documents-full}
     */
    Document addLink(Caller caller, Initiative initiative, DocumentDraft draft);

    /**
     * Adds a newer version; the older ones stay.
     *
     * @throws ConflictException {@code core.document-is-link}, {@code core.documents-full}
     */
    Document addVersion(Caller caller, long id, FileDraft file);

    /** Changes what is said of a document. */
    Document change(Caller caller, long id, DocumentDraft draft);

    /** Deleting twice changes nothing. */
    void delete(Caller caller, long id);

    /** Restoring what is shown changes nothing. */
    void restore(Caller caller, long id);

    /**
     * Opens the content of a version.
     *
     * @param number of the version, 0 for the newest
     * @throws NotFoundException if there is none, or {@code core.document-missing} if its bytes are not in the store
     */
    Content open(Caller caller, long id, int number);

    boolean mayAdd(Caller caller, Initiative initiative);

    /** Whether the caller manages all documents of this initiative. */
    boolean mayManage(Caller caller, Initiative initiative);

    /** Whether the caller manages this document. */
    boolean mayManage(Caller caller, Document document);

    /** @param stream to be closed by who asked for it */
    record Content(Document document, Document.Version version, InputStream stream) {}
}
