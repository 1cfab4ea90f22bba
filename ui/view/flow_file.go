package view

import (
	"bytes"
	"io/fs"
	"time"
)

// oneFile is a folder with one file in it, in memory.
type oneFile struct {
	name    string
	content []byte
}

// Open implements fs.FS.
func (o oneFile) Open(name string) (fs.File, error) {
	if name != o.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return openFile{bytes.NewReader(o.content), o}, nil
}

// openFile is it, open; and what is known of it.
type openFile struct {
	*bytes.Reader
	of oneFile
}

func (f openFile) Stat() (fs.FileInfo, error) { return fileInfo{f.of}, nil }
func (openFile) Close() error                 { return nil }

type fileInfo struct{ of oneFile }

func (i fileInfo) Name() string     { return i.of.name }
func (i fileInfo) Size() int64      { return int64(len(i.of.content)) }
func (fileInfo) Mode() fs.FileMode  { return 0o400 }
func (fileInfo) ModTime() time.Time { return time.Time{} }
func (fileInfo) IsDir() bool        { return false }
func (fileInfo) Sys() any           { return nil }
