package widget

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
)

// Icon is one of our line icons: a box of 24 units, round ends, no fills, in
// the colour of the words beside it. Icons are no states.
type Icon string

// The icons.
const (
	NoIcon       Icon = ""
	IconHome     Icon = "home"
	IconOpen     Icon = "open"
	IconTable    Icon = "table"
	IconFile     Icon = "file"
	IconPlay     Icon = "play"
	IconPause    Icon = "pause"
	IconStop     Icon = "stop"
	IconSave     Icon = "save"
	IconSearch   Icon = "search"
	IconClose    Icon = "close"
	IconBack     Icon = "back"
	IconNext     Icon = "next"
	IconUp       Icon = "up"
	IconDown     Icon = "down"
	IconTick     Icon = "tick"
	IconWarning  Icon = "warning"
	IconBellOff  Icon = "bell-off"
	IconPhone    Icon = "phone"
	IconPlus     Icon = "plus"
	IconMinus    Icon = "minus"
	IconUndo     Icon = "undo"
	IconSpeech   Icon = "speech"
	IconBlock    Icon = "block"
	IconDoubt    Icon = "doubt"
	IconSettings Icon = "settings"
	IconHelp     Icon = "help"
	IconMore     Icon = "more"
	IconEdit     Icon = "edit"
	IconCopy     Icon = "copy"
	IconArchive  Icon = "archive"
)

func (i Icon) path() string {
	switch i {
	case IconHome:
		return "M4 11 L12 4 L20 11 L20 20 L15 20 L15 14 L9 14 L9 20 L4 20 Z"
	case IconOpen:
		return "M3.5 18 L3.5 6 L9.5 6 L11.5 8.5 L20.5 8.5 L20.5 18 Z"
	case IconTable:
		return "M4 5 L20 5 L20 19 L4 19 Z M4 10 L20 10 M10 10 L10 19"
	case IconFile:
		return "M6 3 L14 3 L18 7 L18 21 L6 21 Z M14 3 L14 7 L18 7 M9 12 L15 12 M9 16 L15 16"
	case IconPlay:
		return "M7 4.5 L19 12 L7 19.5 Z"
	case IconPause:
		return "M8.5 5 L8.5 19 M15.5 5 L15.5 19"
	case IconStop:
		return "M6 6 L18 6 L18 18 L6 18 Z"
	case IconSave:
		return "M12 4 L12 15 M7.5 10.8 L12 15.3 L16.5 10.8 M4 20 L20 20"
	case IconSearch:
		return "M11 4 C14.9 4 18 7.1 18 11 C18 14.9 14.9 18 11 18 C7.1 18 4 14.9 4 11 C4 7.1 7.1 4 11 4 M16 16 L20 20"
	case IconClose:
		return "M6 6 L18 18 M18 6 L6 18"
	case IconBack:
		return "M14.5 6 L8.5 12 L14.5 18"
	case IconNext:
		return "M9.5 6 L15.5 12 L9.5 18"
	case IconUp:
		return "M6 14.5 L12 8.5 L18 14.5"
	case IconDown:
		return "M6 9.5 L12 15.5 L18 9.5"
	default:
		return i.signs()
	}
}

func (i Icon) signs() string {
	switch i {
	case IconTick:
		return "M5 12.5 L9.5 17 L19 7.5"
	case IconWarning:
		return "M12 4 L21 20 L3 20 Z M12 10 L12 15 M12 17.5 L12 17.6"
	case IconBellOff:
		return "M6 16 L6 11 C6 7.7 8.7 5 12 5 C13.3 5 14.5 5.4 15.5 6.1 M18 11 L18 16 L20 18 L9 18 M10.5 21 L13.5 21 M4 4 L20 20"
	case IconPhone:
		return "M5 4 L9 4 L11 9 L8.5 10.8 C9.5 12.8 11.2 14.5 13.2 15.5 L15 13 L20 15 L20 19 C20 20 19.2 20.6 18.3 20.5 C10.4 19.8 4.2 13.6 3.5 5.7 C3.4 4.8 4 4 5 4 Z"
	case IconPlus:
		return "M12 5 L12 19 M5 12 L19 12"
	case IconMinus:
		return "M5 12 L19 12"
	case IconUndo:
		return "M8 5 L4 9 L8 13 M4 9 L14 9 C17.3 9 20 11.7 20 15 C20 18.3 17.3 21 14 21 L11 21"
	case IconBlock:
		return "M12 4 C16.4 4 20 7.6 20 12 C20 16.4 16.4 20 12 20 C7.6 20 4 16.4 4 12 C4 7.6 7.6 4 12 4 Z M6.5 6.5 L17.5 17.5"
	case IconDoubt:
		return "M12 3 L21 12 L12 21 L3 12 Z M9.9 10 C9.9 8.8 10.8 8 12 8 C13.2 8 14.1 8.8 14.1 9.9 C14.1 11.3 12 11.5 12 13 M12 15.6 L12 15.7"
	case IconSettings:
		return "M4 8 L13 8 M19 8 L20 8 M16 5.8 L16 10.2 M4 16 L5 16 M11 16 L20 16 M8 13.8 L8 18.2"
	case IconHelp:
		return "M12 4 C16.4 4 20 7.6 20 12 C20 16.4 16.4 20 12 20 C7.6 20 4 16.4 4 12 C4 7.6 7.6 4 12 4 Z M9.7 10 C9.7 8.6 10.7 7.8 12 7.8 C13.3 7.8 14.3 8.6 14.3 9.8 C14.3 11.4 12 11.6 12 13.2 M12 16 L12 16.1"
	case IconSpeech:
		return "M4 5 L20 5 L20 16 L11 16 L6.5 20 L6.5 16 L4 16 Z M8 9 L16 9 M8 12 L13 12"
	default:
		return i.acts()
	}
}

func (i Icon) acts() string {
	switch i {
	case IconMore:
		return "M5.5 12 L5.5 12.1 M12 12 L12 12.1 M18.5 12 L18.5 12.1"
	case IconEdit:
		return "M4 20 L5 15.5 L16.5 4 L20 7.5 L8.5 19 Z M14 6.5 L17.5 10"
	case IconCopy:
		return "M9 9 L20 9 L20 20 L9 20 Z M15 9 L15 4 L4 4 L4 15 L9 15"
	case IconArchive:
		return "M3.5 4.5 L20.5 4.5 L20.5 9 L3.5 9 Z M5 9 L5 19.5 L19 19.5 L19 9 M10 13 L14 13"
	default:
		return ""
	}
}

// Small is the icon for a control of the toolkit, in a colour of the theme that
// is in force.
func (i Icon) Small(t Token) fyne.Resource { return i.resource(t, iconSmall) }

// resource is the icon in a colour; small ones get a heavier line.
func (i Icon) resource(t Token, size float32) fyne.Resource {
	if i == NoIcon {
		return nil
	}
	line := 1.75
	if size <= iconSmall {
		line = 2
	}
	c := hex(ink(t))
	body := fmt.Sprintf(`<path d="%s" fill="none" stroke="%s" stroke-width="%g" stroke-linecap="round" stroke-linejoin="round"/>`, i.path(), c, line)
	return svg(fmt.Sprintf("icon-%s-%g-%s", i, line, c[1:]), 24, body)
}

// Mark is the program's mark, a ruled page with a tick, in two colours.
func Mark(ground, line color.NRGBA) fyne.Resource {
	body := fmt.Sprintf(`<rect x="0" y="0" width="22" height="22" rx="5" ry="5" fill="%[1]s"/>`+
		`<path d="M5 7 L12 7 M5 11 L10 11 M5 15 L9 15 M11.5 14 L13.8 16.3 L18 11" fill="none" stroke="%[2]s" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`,
		hex(ground), hex(line))
	return svg("mark-"+hex(ground)[1:], 22, body)
}
