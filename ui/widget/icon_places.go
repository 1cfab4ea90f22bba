package widget

// The icons of places in settings and help.
const (
	IconGateway  Icon = "gateway"
	IconGlobe    Icon = "globe"
	IconShield   Icon = "shield"
	IconData     Icon = "data"
	IconLook     Icon = "look"
	IconPower    Icon = "power"
	IconNews     Icon = "news"
	IconKeyboard Icon = "keyboard"
	IconBook     Icon = "book"
	IconInfo     Icon = "info"
)

func (i Icon) places() string {
	switch i {
	case IconGateway:
		return "M4 4.5 L20 4.5 L20 12 L4 12 Z M4 12 L20 12 L20 19.5 L4 19.5 Z M8 8.2 L8.1 8.2 M8 15.8 L8.1 15.8"
	case IconGlobe:
		return "M12 4 C16.4 4 20 7.6 20 12 C20 16.4 16.4 20 12 20 C7.6 20 4 16.4 4 12 C4 7.6 7.6 4 12 4 Z M4 12 L20 12 M12 4 C8 8.5 8 15.5 12 20 M12 4 C16 8.5 16 15.5 12 20"
	case IconShield:
		return "M12 3.5 L19 6 L19 11.5 C19 16 16 19 12 20.5 C8 19 5 16 5 11.5 L5 6 Z"
	case IconData:
		return "M5 6.5 C5 3.5 19 3.5 19 6.5 C19 9.5 5 9.5 5 6.5 Z M5 6.5 L5 17.5 C5 20.5 19 20.5 19 17.5 L19 6.5 M5 12 C5 15 19 15 19 12"
	case IconLook:
		return "M12 8 C14.2 8 16 9.8 16 12 C16 14.2 14.2 16 12 16 C9.8 16 8 14.2 8 12 C8 9.8 9.8 8 12 8 Z M12 3 L12 4.5 M12 19.5 L12 21 M3 12 L4.5 12 M19.5 12 L21 12 M5.6 5.6 L6.7 6.7 M17.3 17.3 L18.4 18.4 M5.6 18.4 L6.7 17.3 M17.3 6.7 L18.4 5.6"
	case IconPower:
		return "M12 3.5 L12 11 M7.5 6.5 C5.4 7.9 4 10.3 4 12.8 C4 17 7.6 20.5 12 20.5 C16.4 20.5 20 17 20 12.8 C20 10.3 18.6 7.9 16.5 6.5"
	default:
		return i.reading()
	}
}

func (i Icon) reading() string {
	switch i {
	case IconNews:
		return "M12 3.5 L14.4 9.2 L20.5 9.7 L15.9 13.8 L17.3 19.8 L12 16.6 L6.7 19.8 L8.1 13.8 L3.5 9.7 L9.6 9.2 Z"
	case IconKeyboard:
		return "M3 6.5 L21 6.5 L21 17.5 L3 17.5 Z M6.5 10 L6.6 10 M10 10 L10.1 10 M13.5 10 L13.6 10 M17 10 L17.1 10 M7.5 14 L16.5 14"
	case IconBook:
		return "M12 6 C10 4.5 7 4 4 4.5 L4 18.5 C7 18 10 18.5 12 20 C14 18.5 17 18 20 18.5 L20 4.5 C17 4 14 4.5 12 6 Z M12 6 L12 20"
	case IconInfo:
		return "M12 4 C16.4 4 20 7.6 20 12 C20 16.4 16.4 20 12 20 C7.6 20 4 16.4 4 12 C4 7.6 7.6 4 12 4 Z M12 11 L12 16 M12 8 L12 8.1"
	default:
		return ""
	}
}
