package sheet

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"net/url"
	"path"
	"strings"

	"rollcall/campaign"
)

// Limits on a package of parts.
const (
	// maxDirectory is how many bytes the list of the parts may take: it is held
	// in memory, some 300 bytes for 46 or more of it.
	maxDirectory = 8 << 20
	// maxRatio is how much larger than it is stored a part may be, if it is
	// large: XML of a list comes to 5 to 100.
	maxRatio  = 400
	ratioFrom = 64 << 20
)

// archive is a file of the kind zip whose parts are read one at a time.
type archive struct {
	at    *countedAt
	files []*zip.File
}

// openArchive reads the list of the parts.
func openArchive(r io.ReaderAt, size int64) (archive, error) {
	at := &countedAt{r: r, left: maxDirectory + 1<<17}
	z, err := zip.NewReader(at, size)
	if errors.Is(err, errDirectory) {
		return archive{}, &campaign.FileError{Fault: campaign.FaultTooLarge}
	}
	if err != nil {
		return archive{}, damage("%w", err)
	}
	at.left = -1
	return archive{at: at, files: z.File}, nil
}

var errDirectory = errors.New("too many parts")

// countedAt counts the bytes that are read, and ends after left of them unless
// that is below zero.
type countedAt struct {
	r    io.ReaderAt
	left int64
	n    int64
}

func (c *countedAt) ReadAt(p []byte, off int64) (int, error) {
	if c.left >= 0 {
		if c.left < int64(len(p)) {
			return 0, errDirectory
		}
		c.left -= int64(len(p))
	}
	n, err := c.r.ReadAt(p, off)
	c.n += int64(n)
	return n, err
}

// pack is a package of parts that refer to each other (ECMA-376 part 2).
type pack struct {
	ctx   context.Context // of one table; a pack does not outlive it
	at    *countedAt
	parts map[string]*zip.File
	twice map[string]bool // of which there are several
}

func openPack(ctx context.Context, r io.ReaderAt, size int64) (pack, error) {
	a, err := openArchive(r, size)
	if err != nil {
		return pack{}, err
	}
	p := pack{ctx: ctx, at: a.at, parts: map[string]*zip.File{}, twice: map[string]bool{}}
	total := uint64(0)
	for _, part := range a.files {
		name := partName(part.Name)
		if strings.HasSuffix(name, "/") {
			continue
		}
		p.twice[name] = p.parts[name] != nil
		p.parts[name] = part
		if total += part.UncompressedSize64; total > maxBytes || part.UncompressedSize64 > maxBytes || swollen(part) {
			return pack{}, &campaign.FileError{Fault: campaign.FaultTooLarge}
		}
	}
	return p, nil
}

func swollen(part *zip.File) bool {
	return part.UncompressedSize64 > ratioFrom && part.UncompressedSize64/maxRatio > part.CompressedSize64
}

// partName is the name of a part in a form that can be compared.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func (p pack) has(name string) bool { return p.parts[partName(name)] != nil }

// stored is how large a part is in the file.
func (p pack) stored(name string) int64 {
	if part := p.parts[partName(name)]; part != nil {
		return int64(min(part.CompressedSize64, maxBytes))
	}
	return 0
}

// open opens a part, with a buffer of a size for its XML. At its very end the
// part's checksum and length are verified.
func (p pack) open(name string, buffer int) (*lexer, io.Closer, error) {
	part := p.parts[partName(name)]
	switch {
	case part == nil:
		return nil, nil, damage("its part %s is missing", name)
	case p.twice[partName(name)]:
		return nil, nil, damage("it has its part %s twice", name)
	}
	r, err := part.Open()
	if err != nil {
		return nil, nil, damage("%s: %w", name, err)
	}
	return newLexer(contextReader{p.ctx, &bounded{r: r, left: part.UncompressedSize64}}, buffer), r, nil
}

// bounded ends with an error where a part is longer than it claims to be.
type bounded struct {
	r    io.Reader
	left uint64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if uint64(n) > b.left {
		return 0, errors.New("it is longer than it claims to be")
	}
	b.left -= uint64(n)
	return n, err
}

// read reads a part from its beginning to its very end.
func (p pack) read(name string, read func(*lexer) error) error {
	l, closer, err := p.open(name, 16<<10)
	if err != nil {
		return err
	}
	defer func() { _ = closer.Close() }() // its checksum was verified at the end
	err = read(l)
	for kind := tokenStart; err == nil && kind != tokenEOF; {
		kind, err = l.next()
	}
	if err == nil || isFault(err) {
		return err
	}
	return damage("%s: %w", name, err)
}

// relation is what one part is to another (part 2, 9.3).
type relation struct {
	id, kind, target string
}

// relations returns those of a part, of the package itself for "".
func (p pack) relations(name string) ([]relation, error) {
	dir, base := path.Split(name)
	from := path.Join(dir, "_rels", base+".rels")
	if !p.has(from) {
		return nil, nil
	}
	var list []relation
	err := p.read(from, func(l *lexer) error {
		return l.each(func(depth int, name string) error {
			if depth != 2 || name != "Relationship" || strings.EqualFold(l.attr("TargetMode"), "External") {
				return nil
			}
			if len(list) >= maxParts {
				return &campaign.FileError{Fault: campaign.FaultTooLarge}
			}
			list = append(list, relation{
				id: l.attr("Id"), kind: path.Base(l.attr("Type")), target: p.resolve(dir, l.attr("Target")),
			})
			return nil
		})
	})
	return list, err
}

// resolve finds the part that a target means, seen from a folder.
func (p pack) resolve(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = path.Join(dir, target)
	}
	target = strings.TrimPrefix(path.Clean(target), "/")
	if plain, err := url.PathUnescape(target); err == nil && !p.has(target) {
		return plain
	}
	return target
}

// each calls visit for every element, until the document ends.
func (l *lexer) each(visit func(depth int, name string) error) error {
	for {
		kind, err := l.next()
		if err != nil || kind == tokenEOF {
			return err
		}
		if kind != tokenStart {
			continue
		}
		if err := visit(l.depth(), string(l.local())); err != nil {
			return err
		}
	}
}
