// Package migrations holds the schemas of the two database files as goose
// migrations, in the order in which they are applied. A published migration is
// never changed; the next one continues it. The query compiler reads the same
// files, so that a query that does not fit the schema does not compile.
package migrations

import (
	"embed"
	"io/fs"
)

//go:embed rollcall/*.sql
var rollcall embed.FS

//go:embed gateway/*.sql
var gateway embed.FS

// Rollcall is the schema of rollcall.db.
func Rollcall() fs.FS { return folder{rollcall, "rollcall"} }

// Gateway is the schema of gateway.db.
func Gateway() fs.FS { return folder{gateway, "gateway"} }

// folder is one folder of an embedded tree; unlike fs.Sub it cannot fail.
type folder struct {
	files embed.FS
	name  string
}

// Open opens a file of the folder.
func (f folder) Open(name string) (fs.File, error) {
	if name == "." {
		return f.files.Open(f.name)
	}
	return f.files.Open(f.name + "/" + name)
}
