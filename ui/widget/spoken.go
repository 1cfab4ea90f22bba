package widget

import (
	"strings"

	"fyne.io/fyne/v2"
)

// This file is what screen readers say of the controls. The toolkit hands it on
// where it is built with the tag accessibility, on Windows and macOS so far;
// only what stands in containers is looked at, not what other controls hold.
// The words are those that pages gave; none are added here.

// spoken joins what is said of a control, without what is empty.
func spoken(parts ...string) string {
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, ", ")
}

// AccessibilityLabel implements fyne.Accessible.
func (b *Button) AccessibilityLabel() string { return spoken(b.words, b.tip.ToolTip()) }

// AccessibilityRole implements fyne.Accessible.
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel implements fyne.Accessible.
func (l *Link) AccessibilityLabel() string { return l.words }

// AccessibilityRole implements fyne.Accessible.
func (l *Link) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

// AccessibilityLabel implements fyne.Accessible.
func (c *Chip) AccessibilityLabel() string { return spoken(c.words, c.count) }

// AccessibilityRole implements fyne.Accessible.
func (c *Chip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel implements fyne.Accessible.
func (t *Tile) AccessibilityLabel() string {
	return spoken(t.word.words, t.count.words, t.caption.words)
}

// AccessibilityRole implements fyne.Accessible.
func (t *Tile) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel implements fyne.Accessible.
func (s *SideItem) AccessibilityLabel() string { return spoken(s.words, s.count) }

// AccessibilityRole implements fyne.Accessible.
func (s *SideItem) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel implements fyne.Accessible: the step that has the ring,
// else the one that is shown.
func (s *Steps) AccessibilityLabel() string {
	at := s.at
	if s.keyed >= 0 {
		at = s.keyed
	}
	return s.words[at]
}

// AccessibilityRole implements fyne.Accessible.
func (s *Steps) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel implements fyne.Accessible: the row that is chosen, with
// the titles of its columns.
func (g *Grid) AccessibilityLabel() string {
	row := g.Chosen()
	if row < 0 || row >= g.Rows() {
		return ""
	}
	var said []string
	for i, c := range g.Columns {
		if text := g.Cell(row, i).Text; text != "" {
			said = append(said, strings.TrimSpace(c.Title+" "+text))
		}
	}
	return strings.Join(said, ", ")
}

// AccessibilityRole implements fyne.Accessible.
func (g *Grid) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AccessibilityLabel implements fyne.Accessible.
func (p *Pick) AccessibilityLabel() string { return spoken(p.title.words, p.more.words) }

// AccessibilityRole implements fyne.Accessible.
func (p *Pick) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel implements fyne.Accessible.
func (d *Drop) AccessibilityLabel() string { return d.Words() }

// AccessibilityRole implements fyne.Accessible.
func (d *Drop) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel implements fyne.Accessible.
func (s *Switch) AccessibilityLabel() string {
	if s.on {
		return spoken(s.title.words, s.onWord, s.more.words)
	}
	return spoken(s.title.words, s.offWord, s.more.words)
}

// AccessibilityRole implements fyne.Accessible.
func (s *Switch) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel implements fyne.Accessible.
func (r *ListRow) AccessibilityLabel() string { return r.name }

// AccessibilityRole implements fyne.Accessible.
func (r *ListRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel implements fyne.Accessible.
func (t *Text) AccessibilityLabel() string { return t.words }

// AccessibilityRole implements fyne.Accessible.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AccessibilityLabel implements fyne.Accessible.
func (p *Para) AccessibilityLabel() string { return p.words }

// AccessibilityRole implements fyne.Accessible.
func (p *Para) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AccessibilityLabel implements fyne.Accessible.
func (w *Whole) AccessibilityLabel() string { return w.text.words }

// AccessibilityRole implements fyne.Accessible.
func (w *Whole) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AccessibilityLabel implements fyne.Accessible.
func (t *Tag) AccessibilityLabel() string { return t.words }

// AccessibilityRole implements fyne.Accessible.
func (t *Tag) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AccessibilityLabel implements fyne.Accessible.
func (t *Toast) AccessibilityLabel() string { return t.words.words }

// AccessibilityRole implements fyne.Accessible.
func (t *Toast) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
