// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

/** A file that is not taken. */
final class RefusedFileException extends Exception {

    static final String TYPE = "core.document-type";
    static final String DAMAGED = "core.document-damaged";
    static final String ACTIVE = "core.document-active";
    static final String BOMB = "core.document-bomb";

    private static final long serialVersionUID = 1L;

    private final String code;

    RefusedFileException(String code) {
        super(code);
        this.code = code;
    }

    String code() {
        return code;
    }
}
