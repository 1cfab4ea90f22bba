package report

// WriteRows is Write with sheets of so many rows.
var WriteRows = write
