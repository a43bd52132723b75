// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

/** What may be uploaded. */
enum FileType {
    PDF("application/pdf", "pdf"),
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg"),
    WEBP("image/webp", "webp"),
    GIF("image/gif", "gif"),
    ODT("application/vnd.oasis.opendocument.text", "odt"),
    ODS("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ODP("application/vnd.oasis.opendocument.presentation", "odp"),
    DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    PPTX("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    TEXT("text/plain", "txt"),
    CSV("text/csv", "csv");

    final String mediaType;
    final String ending;

    FileType(String mediaType, String ending) {
        this.mediaType = mediaType;
        this.ending = ending;
    }

    /** The name with the ending of the true type, so that no computer opens it as something else. */
    String name(String wanted) {
        int dot = wanted.lastIndexOf('.');
        String told = dot < 0 ? "" : wanted.substring(dot + 1).toLowerCase(java.util.Locale.ROOT);
        if (told.equals(ending) || (this == JPEG && told.equals("jpeg"))) {
            return wanted;
        }
        boolean isEnding = dot > 0 && told.matches("[a-z0-9]{1,5}");
        return (isEnding ? wanted.substring(0, dot) : wanted) + "." + ending;
    }
}
